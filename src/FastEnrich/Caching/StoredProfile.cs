namespace FastEnrich.Caching;

/// <summary>What one read of the second tier brought.</summary>
/// <param name="EraseToken">The user's erase token; a write must name it and is refused when it has changed.</param>
/// <param name="Slots">One element for each plugin asked, <see langword="null"/> for a miss.</param>
internal sealed record StoredProfile(string EraseToken, IReadOnlyList<StoredSlot?> Slots);

namespace FastEnrich.Caching;

/// <summary>What one read of the second tier brought.</summary>
/// <param name="EraseToken">The user's erase token; a write must name it and is refused when it has changed. <see langword="null"/>: nothing that follows from this read may be written.</param>
/// <param name="Slots">One element for each plugin asked, <see langword="null"/> for a miss.</param>
internal sealed record StoredProfile(string? EraseToken, IReadOnlyList<StoredSlot?> Slots);

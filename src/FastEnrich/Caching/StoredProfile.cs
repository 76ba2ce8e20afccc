namespace FastEnrich.Caching;

/// <summary>What one read of the second tier brought.</summary>
/// <param name="EraseToken">
/// What a write that follows from this read must show; it is refused when the user was erased meanwhile.
/// <see langword="null"/>: nothing that follows from this read may be written.
/// </param>
/// <param name="Slots">One element for each plugin asked, <see langword="null"/> for a miss.</param>
internal sealed record StoredProfile(EraseToken? EraseToken, IReadOnlyList<StoredSlot?> Slots);

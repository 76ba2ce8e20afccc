namespace FastEnrich.Caching;

/// <summary>What one read of the second tier brought.</summary>
/// <param name="EraseToken">What a write that follows from this read must name; it is refused when the user was erased meanwhile. <see langword="null"/>: nothing that follows from this read may be written.</param>
/// <param name="Slots">One element for each plugin asked, <see langword="null"/> for a miss.</param>
internal sealed record StoredProfile(string? EraseToken, IReadOnlyList<StoredSlot?> Slots)
{
    /// <summary>What is another one exactly when the user was erased in between: a token may say more than that, such as when it was read.</summary>
    public string? Erasure { get; init; } = EraseToken;
}

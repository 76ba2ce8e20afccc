namespace FastEnrich.Caching;

/// <summary>
/// What the second tier shows with a read of a user, and wants to be shown with a write that follows from it.
/// Tiers keep in their own kinds of it what they need besides.
/// </summary>
/// <param name="Erasure">What is another one exactly when the user was erased in between.</param>
internal record EraseToken(string Erasure)
{
    /// <summary>Whether the user was not erased between the two.</summary>
    public virtual bool IsSameErasure(EraseToken? other) => other?.Erasure == Erasure;
}

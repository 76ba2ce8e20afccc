namespace FastEnrich;

/// <summary>What became of a request to forget a user.</summary>
/// <param name="Local">Whether this instance holds nothing of the user any more.</param>
/// <param name="L2">Whether the second tier confirmed the erasure; <see langword="null"/> without a second tier.</param>
/// <param name="Published">Whether the other instances were told; <see langword="null"/> without a second tier.</param>
public sealed record ForgetReceipt(bool Local, bool? L2, bool? Published)
{
    /// <summary>Gets whether every part is confirmed.</summary>
    public bool Complete => Local && L2 != false && Published != false;
}

namespace FastEnrich.Caching;

/// <summary>What becomes of a held value once the second tier was read.</summary>
internal enum SlotVerdict
{
    /// <summary>Nothing: it is vouched for already, or only stands by.</summary>
    Keep,

    /// <summary>It is vouched for again.</summary>
    Confirm,

    /// <summary>It is served although nobody vouches for it: the second tier is away, for no longer than it may be.</summary>
    Serve,

    /// <summary>It is gone.</summary>
    Drop,

    /// <summary>The second tier's record takes its place.</summary>
    Replace,
}

namespace FastEnrich.Caching;

/// <summary>How a claimed fetch goes on.</summary>
internal enum FetchStep
{
    /// <summary>It lost its slot, or waits for its providers: nothing to do.</summary>
    Leave,

    /// <summary>A needed identity or dependency is missing: it gives its slot back.</summary>
    GiveUp,

    /// <summary>What the user is looked up by is known.</summary>
    Go,
}

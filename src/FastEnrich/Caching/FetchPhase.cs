namespace FastEnrich.Caching;

internal enum FetchPhase
{
    /// <summary>The slot is claimed; the second tier is asked first.</summary>
    Claimed,

    /// <summary>Waits for plugins that provide an identity it needs.</summary>
    Parked,

    /// <summary>With the plugin's lane.</summary>
    Submitted,
}

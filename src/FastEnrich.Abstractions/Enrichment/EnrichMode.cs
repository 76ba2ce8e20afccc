namespace FastEnrich;

/// <summary>Where a profile may come from.</summary>
public enum EnrichMode
{
    /// <summary>From memory, else from the second tier, else from the upstreams.</summary>
    Default,

    /// <summary>From memory and the second tier only; what they lack is skipped.</summary>
    CacheOnly,

    /// <summary>From the upstreams; what is held stands in only when they fail.</summary>
    Refresh,
}

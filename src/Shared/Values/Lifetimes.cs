namespace FastEnrich.Plugins.Values;

/// <summary>How long what an upstream says stays true enough, by kind of data. A plugin's result lives as long as its shortest-lived part.</summary>
internal static class Lifetimes
{
    /// <summary>Who somebody is changes slowly.</summary>
    public static readonly TimeSpan CrmDemographics = TimeSpan.FromHours(24);

    /// <summary>Deals close and people click all day.</summary>
    public static readonly TimeSpan CrmEngagement = TimeSpan.FromHours(1);

    /// <summary>The window of X's own limits: asking more often brings nothing.</summary>
    public static readonly TimeSpan SocialMetrics = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan FacebookProfile = TimeSpan.FromHours(6);
}

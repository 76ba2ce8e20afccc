namespace FastEnrich.Plugins.Http;

/// <summary>Where it stands what the user does.</summary>
public sealed partial record HttpBehaviorFields
{
    /// <summary>Gets the mean length of a session: seconds, or a text such as 5m.</summary>
    [ConfigProperty(Description = "The mean length of a session: seconds, or a text such as 5m", Pattern = HttpOptions.PathPattern)]
    public string? SessionDuration { get; init; }

    /// <summary>Gets the number of page views.</summary>
    [ConfigProperty(Description = "The number of page views", Pattern = HttpOptions.PathPattern)]
    public string? PageViews { get; init; }

    /// <summary>Gets the conversion rate, 0 to 1.</summary>
    [ConfigProperty(Description = "The conversion rate, 0 to 1", Pattern = HttpOptions.PathPattern)]
    public string? ConversionRate { get; init; }

    /// <summary>Gets the preferred channels, best first.</summary>
    [ConfigProperty(Description = "The preferred channels, best first", Pattern = HttpOptions.PathPattern)]
    public string? PreferredChannels { get; init; }

    /// <summary>Gets the times of activity.</summary>
    [ConfigProperty(Description = "The times of activity", Pattern = HttpOptions.PathPattern)]
    public string? ActivityTimes { get; init; }

    /// <summary>Gets the search patterns.</summary>
    [ConfigProperty(Description = "The search patterns", Pattern = HttpOptions.PathPattern)]
    public string? SearchPatterns { get; init; }

    /// <summary>Gets the purchases.</summary>
    [ConfigProperty(Description = "The purchases")]
    public HttpPurchaseFields? PurchaseHistory { get; init; }

    /// <summary>Gets the metrics by name; JSON of any shape.</summary>
    [ConfigProperty(Description = "The metrics by name; JSON of any shape", Pattern = HttpOptions.PathPattern)]
    public IReadOnlyDictionary<string, string> EngagementMetrics { get; init; } = new Dictionary<string, string>();
}

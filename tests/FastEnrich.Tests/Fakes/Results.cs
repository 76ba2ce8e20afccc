namespace FastEnrich.Tests.Fakes;

internal static class Results
{
    public static UserEnrichment Enrichment(string city = "Lisbon", double confidence = 0.9, TimeSpan? ttl = null) => new()
    {
        Demographics = new Demographics { City = city },
        Confidence = confidence,
        Ttl = ttl,
    };

    public static EnrichmentResult Found(string city = "Lisbon", TimeSpan? ttl = null, double confidence = 0.9, params (string Name, string Value)[] identities) =>
        EnrichmentResult.Found(Enrichment(city, confidence, ttl), identities.ToDictionary(static pair => pair.Name, static pair => pair.Value));

    public static PluginException Failure(PluginErrorCode code = PluginErrorCode.ConnectionError, bool? retryable = false) =>
        new("fake", "read", "it failed", code, retryable);
}

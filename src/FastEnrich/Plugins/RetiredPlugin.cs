namespace FastEnrich.Plugins;

/// <summary>Stands where a disposed plugin was: a table that some user's snapshot still knows must not keep the instance and its connections.</summary>
internal sealed class RetiredPlugin : IEnrichmentPlugin
{
    public static RetiredPlugin Instance { get; } = new();

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) =>
        throw new PluginException("", "enrich", "The plugin has stopped.", PluginErrorCode.ConnectionError, retryable: false);
}

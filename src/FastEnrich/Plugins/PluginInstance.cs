namespace FastEnrich.Plugins;

/// <summary>A plugin instance and the upstream client that was made for it; both end together.</summary>
internal sealed class PluginInstance(IEnrichmentPlugin plugin, UpstreamClient upstream) : IAsyncDisposable
{
    public IEnrichmentPlugin Plugin { get; } = plugin;

    /// <summary>What is known of its token and quota.</summary>
    public UpstreamCondition Condition => upstream.Condition;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Plugin.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            upstream.Dispose();
        }
    }
}

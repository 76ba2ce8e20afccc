namespace FastEnrich.Plugins;

/// <summary>A plugin instance and the upstream client that was made for it; both end together.</summary>
internal sealed class PluginInstance(IEnrichmentPlugin plugin, UpstreamClient upstream) : IAsyncDisposable
{
    public IEnrichmentPlugin Plugin { get; } = plugin;

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

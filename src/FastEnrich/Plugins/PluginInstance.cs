namespace FastEnrich.Plugins;

/// <summary>A plugin instance and the upstream client that was made for it; both end together.</summary>
internal sealed class PluginInstance(IEnrichmentPlugin plugin, UpstreamClient upstream) : IAsyncDisposable
{
    public IEnrichmentPlugin Plugin { get; } = plugin;

    /// <summary>Gets or sets whether the plugin is still its maker's, and not disposed here.</summary>
    public bool IsLent { get; set; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!IsLent)
            {
                await Plugin.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            upstream.Dispose();
        }
    }
}

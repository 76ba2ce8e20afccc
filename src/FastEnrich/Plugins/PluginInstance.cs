namespace FastEnrich.Plugins;

/// <summary>A plugin instance and the upstream client that was made for it; both end together.</summary>
internal sealed class PluginInstance(IEnrichmentPlugin plugin, UpstreamClient upstream) : IAsyncDisposable
{
    private volatile IEnrichmentPlugin _plugin = plugin;
    private UpstreamClient? _upstream = upstream;

    public IEnrichmentPlugin Plugin => _plugin;

    /// <summary>Gets or sets whether the plugin is still its maker's, and not disposed here.</summary>
    public bool IsLent { get; set; }

    /// <summary>What is known of its token and quota.</summary>
    public UpstreamCondition Condition { get; } = upstream.Condition;

    public async ValueTask DisposeAsync()
    {
        var ended = Interlocked.Exchange(ref _plugin, RetiredPlugin.Instance);
        try
        {
            if (!IsLent)
            {
                await ended.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _upstream, null)?.Dispose();
        }
    }
}

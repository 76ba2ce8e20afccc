namespace FastEnrich.Testing;

/// <summary>A plugin's instance with what an engine would give it. Disposing it disposes the plugin, then its client.</summary>
public sealed class PluginInstance : IAsyncDisposable
{
    internal PluginInstance(IEnrichmentPlugin plugin, PluginContext context, object? options, CapturedLog log)
    {
        Plugin = plugin;
        Context = context;
        Options = options;
        Log = log;
    }

    /// <summary>Gets the plugin.</summary>
    public IEnrichmentPlugin Plugin { get; }

    /// <summary>Gets its surroundings.</summary>
    public PluginContext Context { get; }

    /// <summary>Gets its bound options; <see langword="null"/> when it has none.</summary>
    public object? Options { get; }

    /// <summary>Gets what it logged.</summary>
    public CapturedLog Log { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Plugin.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Context.Upstream.Dispose();
        }
    }
}

namespace FastEnrich.Sidecar.Hosting;

/// <summary>The engine as the commands see it. The one place that knows which class it is.</summary>
internal sealed class EngineHost(
    IProfileEnricher enricher,
    Func<CancellationToken, ValueTask> start,
    Func<string, bool> isEnabled,
    Func<ValueTask> dispose) : IAsyncDisposable
{
    public IProfileEnricher Enricher => enricher;

    /// <summary>Whether a plugin of that name runs.</summary>
    public bool IsEnabled(string plugin) => isEnabled(plugin);

    public ValueTask StartAsync(CancellationToken cancellationToken) => start(cancellationToken);

    public ValueTask DisposeAsync() => dispose();

    public static EngineHost Create(FastEnrichOptions options)
    {
        throw new NotSupportedException();
    }
}

namespace FastEnrich.Sidecar.Hosting;

/// <summary>The engine as the commands see it. The one place that knows which class it is.</summary>
internal sealed class EngineHost(
    IProfileEnricher enricher,
    Func<CancellationToken, ValueTask> start,
    Func<string, bool> isEnabled,
    Func<IReadOnlyList<PluginStatus>> plugins,
    Func<ValueTask> dispose) : IAsyncDisposable
{
    public IProfileEnricher Enricher => enricher;

    /// <summary>Whether a plugin of that name runs.</summary>
    public bool IsEnabled(string plugin) => isEnabled(plugin);

    /// <summary>How the plugins are, those that do not run included.</summary>
    public IReadOnlyList<PluginStatus> Plugins => plugins();

    public ValueTask StartAsync(CancellationToken cancellationToken) => start(cancellationToken);

    public ValueTask DisposeAsync() => dispose();

    /// <exception cref="FastEnrichConfigurationException">A setting is out of range, or names a plugin that is not known.</exception>
    public static EngineHost Create(FastEnrichOptions options)
    {
        var manager = PluginManager.Create(options);
        return new EngineHost(manager, manager.StartAsync, name => manager.GetPluginStatus(name) is { Enabled: true }, manager.ListPlugins, manager.DisposeAsync);
    }
}

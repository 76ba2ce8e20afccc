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

    /// <summary>Which plugins exist; null where nobody keeps a list.</summary>
    public PluginRegistry? Registry { get; init; }

    /// <summary>Starts a known plugin; false when it runs already.</summary>
    public Func<string, CancellationToken, ValueTask<bool>> Enable { get; init; } = static (_, _) => throw new NotSupportedException();

    /// <summary>Stops a plugin; false when it does not run.</summary>
    public Func<string, ValueTask<bool>> Disable { get; init; } = static _ => throw new NotSupportedException();

    /// <summary>What watches the health of the plugins; null where nothing does.</summary>
    public HealthChecker? Health { get; init; }

    public ValueTask StartAsync(CancellationToken cancellationToken) => start(cancellationToken);

    public ValueTask DisposeAsync() => dispose();

    /// <exception cref="FastEnrichConfigurationException">A setting is out of range, or names a plugin that is not known.</exception>
    public static EngineHost Create(FastEnrichOptions options)
    {
        var manager = PluginManager.Create(options);
        return new EngineHost(manager, manager.StartAsync, name => manager.Get(name) is { Enabled: true }, manager.List, manager.DisposeAsync)
        {
            Health = manager.Health,
            Registry = manager.Registry,
            Enable = (name, cancellationToken) => EnableAsync(manager, options, name, cancellationToken),
            Disable = manager.UnregisterPluginAsync,
        };
    }

    private static async ValueTask<bool> EnableAsync(PluginManager manager, FastEnrichOptions options, string name, CancellationToken cancellationToken)
    {
        if (manager.Get(name) is { Enabled: true })
        {
            return false;
        }

        await manager.RegisterPluginAsync(name, options.Plugins.TryGetValue(name, out var settings) ? settings : new PluginSettings(), cancellationToken);
        return true;
    }
}

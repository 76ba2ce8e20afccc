using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>The engine as the commands see it. The one place that knows which class it is.</summary>
internal sealed class EngineHost(
    IProfileEnricher enricher,
    Func<CancellationToken, ValueTask> start,
    Func<string, bool> isEnabled,
    Func<IReadOnlyList<PluginStatus>> plugins,
    Func<ValueTask> dispose,
    Func<CancellationToken, ValueTask<ReloadReport>>? reload = null,
    Func<IAsyncDisposable>? watch = null) : IAsyncDisposable
{
    public IProfileEnricher Enricher => enricher;

    /// <summary>Whether a plugin of that name runs.</summary>
    public bool IsEnabled(string plugin) => isEnabled(plugin);

    /// <summary>How the plugins are, those that do not run included.</summary>
    public IReadOnlyList<PluginStatus> Plugins => plugins();

    /// <summary>Which plugins exist; null where nobody keeps a list.</summary>
    public PluginRegistry? Registry { get; init; }

    /// <summary>Starts a known plugin; false when it runs already.</summary>
    public required Func<string, CancellationToken, ValueTask<bool>> Enable { get; init; }

    /// <summary>Stops a plugin; false when it does not run.</summary>
    public required Func<string, ValueTask<bool>> Disable { get; init; }

    /// <summary>The level that a plugin's log has of its own; null when the host's filters decide.</summary>
    public required Func<string, LogLevel?> GetLogLevel { get; init; }

    /// <summary>Gives a plugin's log a level of its own, or leaves it to the host's filters.</summary>
    public required Action<string, LogLevel?> SetLogLevel { get; init; }

    /// <summary>What watches the health of the plugins; null where nothing does.</summary>
    public HealthChecker? Health { get; init; }

    public ValueTask StartAsync(CancellationToken cancellationToken) => start(cancellationToken);

    /// <summary>Reads the configuration again and applies what is new in it.</summary>
    /// <exception cref="FastEnrichConfigurationException">It has mistakes; nothing has changed.</exception>
    /// <exception cref="PluginException">A plugin cannot be made from it; nothing has changed.</exception>
    public ValueTask<ReloadReport> ReloadAsync(CancellationToken cancellationToken) => reload?.Invoke(cancellationToken) ?? new(new ReloadReport());

    /// <summary>Reloads whenever the configuration's files change, until what is returned is disposed.</summary>
    public IAsyncDisposable? Watch() => watch?.Invoke();

    public ValueTask DisposeAsync() => dispose();

    /// <exception cref="FastEnrichConfigurationException">A setting is out of range, or names a plugin that is not known.</exception>
    public static EngineHost Create(Func<FastEnrichOptions> read)
    {
        var manager = PluginManager.Create(read);
        return new EngineHost(
            manager,
            manager.StartAsync,
            name => manager.GetPluginStatus(name) is { Enabled: true },
            manager.ListPlugins,
            manager.DisposeAsync,
            manager.ReloadAsync,
            () => manager.WatchConfiguration())
        {
            Health = manager.Health,
            Registry = manager.Registry,
            Enable = manager.EnableAsync,
            Disable = manager.DisableAsync,
            GetLogLevel = manager.GetLogLevel,
            SetLogLevel = manager.SetLogLevel,
        };
    }
}

using FastEnrich.Health;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;
using Microsoft.Extensions.Logging;
using Log = FastEnrich.Health.Log;

namespace FastEnrich;

/// <summary>
/// Says how the running plugins are: from periodic checks, which never run on a request's way, and from the calls themselves. It watches and decides nothing:
/// what stops calls to a failing upstream is the breaker. Got from <see cref="PluginManager.Health"/> or by dependency injection; thread-safe.
/// </summary>
public sealed class HealthChecker
{
    private readonly Func<PluginTable> _plugins;
    private readonly EngineClock _clock;
    private readonly HealthOptions _options;
    private readonly EngineTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly HealthWatchers _watchers = new();

    internal HealthChecker(Func<PluginTable> plugins, EngineClock clock, HealthOptions options, EngineTelemetry telemetry, ILogger logger)
    {
        (_plugins, _clock, _options, _telemetry, _logger) = (plugins, clock, options, telemetry, logger);
        telemetry.ObserveHealth(() => _plugins().Order.Select(static plugin => (plugin.Name, plugin.Monitor?.State ?? HealthState.Unknown)));
    }

    /// <summary>Gets how many watch.</summary>
    internal int Watchers => _watchers.Count;

    /// <summary>Says how all running plugins are. Nothing is asked of an upstream.</summary>
    /// <returns>The summary.</returns>
    public HealthSummary GetHealthSummary() => HealthSummary.Of(_plugins().Order.Select(static plugin => plugin.Monitor!.Look()));

    /// <summary>Says how one plugin is. Nothing is asked of its upstream.</summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>How it is; <see langword="null"/> when no plugin of that name runs.</returns>
    public PluginHealth? GetHealthStatus(string name) => Find(name)?.Look();

    /// <summary>Checks one plugin now, or waits for the check that runs already. It counts as a periodic one does.</summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <param name="cancellationToken">Ends this caller's wait; the check goes on.</param>
    /// <returns>How it is after the check; <see langword="null"/> when no plugin of that name runs.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async ValueTask<PluginHealth?> ForceCheckAsync(string name, CancellationToken cancellationToken = default)
    {
        if (Find(name) is not { } monitor)
        {
            return null;
        }

        await monitor.CheckAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return monitor.Look();
    }

    /// <summary>Checks all running plugins now, side by side. It takes no longer than the slowest, and that no longer than <see cref="HealthOptions.Timeout"/>.</summary>
    /// <param name="cancellationToken">Ends this caller's wait; the checks go on.</param>
    /// <returns>How they are after the checks.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async ValueTask<HealthSummary> ForceCheckAsync(CancellationToken cancellationToken = default)
    {
        await Task.WhenAll(_plugins().Order.Select(static plugin => plugin.Monitor!.CheckAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
        return GetHealthSummary();
    }

    /// <summary>
    /// Tells each change of a plugin's state, from the first <c>MoveNextAsync</c> on. Each watcher has a buffer of 64 changes; one that reads too slowly loses the
    /// oldest, so read <see cref="GetHealthSummary"/> for what is. Ends when the engine stops.
    /// </summary>
    /// <param name="cancellationToken">Ends the watching with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The changes, those of one plugin in their order.</returns>
    public IAsyncEnumerable<HealthChange> WatchAsync(CancellationToken cancellationToken = default) => _watchers.WatchAsync(cancellationToken);

    /// <summary>Begins to watch a plugin that was just made; its own end ends it.</summary>
    internal void Attach(RunningPlugin plugin) => plugin.Monitor = new PluginMonitor(plugin, _clock, _options, _telemetry, Tell);

    /// <summary>The options have other values now.</summary>
    /// <param name="ofWindow">Whether <see cref="HealthOptions.Window"/> is among them.</param>
    internal void Adjust(bool ofWindow)
    {
        foreach (var plugin in _plugins().Order)
        {
            plugin.Monitor!.Adjust(ofWindow);
        }
    }

    /// <summary>Ends all watching.</summary>
    internal void Close() => _watchers.Close();

    private PluginMonitor? Find(string name) => _plugins().Find(name)?.Monitor;

    private void Tell(HealthChange change)
    {
        _watchers.Tell(change);
        if (change.To == HealthState.Healthy)
        {
            Log.PluginHealthy(_logger, change.Plugin, change.To);
        }
        else if (_logger.IsEnabled(LogLevel.Warning))
        {
            Log.PluginUnwell(_logger, change.Plugin, change.To, string.Join(", ", change.Reasons));
        }
    }
}

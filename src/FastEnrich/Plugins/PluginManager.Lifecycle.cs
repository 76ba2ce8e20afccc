using FastEnrich.Caching;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <content>The life of plugins: made, connected, replaced, swapped, drained and disposed.</content>
public sealed partial class PluginManager
{
    private const int MaxReplacements = 2;

    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_maxReconnect = TimeSpan.FromSeconds(30);
    private static readonly long s_errorMemory = TimeSpan.FromMinutes(5).Ticks;

    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, (PluginDescriptor Descriptor, PluginSettings Settings)> _disabled = new(StringComparer.Ordinal);
    private int _generation;
    private int _started;
    private int _disposed;

    /// <summary>Connects the plugins in the background. Requests may come before: they wait in their lanes, within their budgets.</summary>
    /// <param name="cancellationToken">Not used: nothing here waits.</param>
    /// <returns>A completed task.</returns>
    public ValueTask StartAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            foreach (var plugin in _engine.Plugins.Order)
            {
                _ = ConnectAsync(plugin, plugin.Lane);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a plugin known that no generator has described.</summary>
    /// <param name="name">The plugin's name, in kebab-case.</param>
    /// <param name="factory">Makes an instance.</param>
    public void RegisterFactory(string name, Func<PluginActivation, IEnrichmentPlugin> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = factory.GetType(), Create = factory });
    }

    /// <summary>
    /// Starts a known plugin, or starts it anew with other settings: the new instance is made and connected, takes over in one step, and the old one is
    /// drained and disposed. What the old one fetched is not served any more.
    /// </summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="settings">How it runs; its <see cref="PluginSettings.Options"/> are the plugin's own options.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>A task that ends when the plugin takes requests.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="PluginException">The plugin could not be made or connected; the old one, if any, goes on.</exception>
    public async ValueTask RegisterPluginAsync(string name, PluginSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var descriptor = _options.Catalog.GetValueOrDefault(name) ?? throw new ArgumentException($"No plugin '{name}' is known; register its factory or descriptor first.", nameof(name));
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var table = _engine.Plugins;
            var old = table.Find(name);
            var fresh = Make(descriptor, settings, old?.Ordinal ?? FreeOrdinal(table));
            try
            {
                using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
                budget.CancelAfter(_options.Engine.ConnectTimeout);
                await fresh.Lane.Instance.ConnectAsync(budget.Token).ConfigureAwait(false);
                Swap(new PluginTable([.. table.Order.Where(plugin => plugin != old), fresh]));
            }
            catch (Exception exception)
            {
                await RetireAsync(fresh).ConfigureAwait(false);
                throw exception is PluginException or OperationCanceledException or InvalidOperationException
                    ? exception
                    : new PluginException(name, "connect", $"The plugin could not connect ({exception.GetType().Name}).", PluginErrorCode.ConnectionError, cause: exception);
            }

            fresh.Connected = true;
            fresh.Lane.Open();
            _disabled.Remove(name);
            if (old is not null)
            {
                await RetireAsync(old).ConfigureAwait(false);
            }
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Stops a plugin: its calls are drained, and profiles no longer show it.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <returns>Whether it was running.</returns>
    public async ValueTask<bool> UnregisterPluginAsync(string name)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            var table = _engine.Plugins;
            if (table.Find(name) is not { } plugin)
            {
                return false;
            }

            Swap(new PluginTable([.. table.Order.Where(other => other != plugin)]));
            _disabled[name] = (plugin.Descriptor, plugin.Settings);
            await RetireAsync(plugin).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Says how every known plugin is, by name.</summary>
    /// <returns>One element for each known plugin, enabled or not.</returns>
    public IReadOnlyList<PluginStatus> List() =>
        [.. _options.Catalog.Values.OrderBy(static descriptor => descriptor.Name, StringComparer.Ordinal).Select(StatusOf)];

    /// <summary>Says how one plugin is.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <returns>Its status; <see langword="null"/> when no plugin of that name is known.</returns>
    public PluginStatus? Get(string name) => _options.Catalog.TryGetValue(name, out var descriptor) ? StatusOf(descriptor) : null;

    /// <summary>Stops taking requests, drains what is in flight for at most ten seconds, and disposes the plugins.</summary>
    /// <returns>A task that ends when everything has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _engine.Stop();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _changes.WaitAsync().ConfigureAwait(false);
        await Task.WhenAll(_engine.Plugins.Order.Select(RetireAsync)).ConfigureAwait(false);
        _engine.Dispose();
        _telemetry.Dispose();
        _stopping.Dispose();
    }

    private void AddConfigured()
    {
        var plugins = new List<RunningPlugin>();
        foreach (var (name, settings) in _options.Plugins.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (settings.Enabled)
            {
                plugins.Add(Make(_options.Catalog[name], settings, plugins.Count));
            }
        }

        Swap(new PluginTable(plugins));
    }

    private RunningPlugin Make(PluginDescriptor descriptor, PluginSettings settings, int ordinal)
    {
        var instance = PluginActivator.Activate(descriptor, settings, _options, _loggers);
        var plugin = new RunningPlugin(descriptor, settings, _options.Engine, instance, ordinal, ++_generation, _telemetry);
        plugin.Lane = new Lane(plugin, instance, _engine.Clock, _engine);
        return plugin;
    }

    private static int FreeOrdinal(PluginTable table)
    {
        var ordinal = 0;
        while ((table.All & (1UL << ordinal)) != 0)
        {
            ordinal++;
        }

        return ordinal;
    }

    private void Swap(PluginTable table) => _engine.Plugins = table;

    private async Task ConnectAsync(RunningPlugin plugin, Lane lane)
    {
        var delay = TimeSpan.FromSeconds(1);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var budget = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                using var timer = _options.TimeProvider.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), budget, _options.Engine.ConnectTimeout, Timeout.InfiniteTimeSpan);
                await lane.Instance.ConnectAsync(budget.Token).ConfigureAwait(false);
                plugin.Connected = true;
                lane.Open();
                Log.PluginConnected(_logger, plugin.Name);
                return;
            }
            catch (Exception exception)
            {
                var failure = FailureMapping.Map(exception).Failure ?? SlotFailure.Of(PluginErrorCode.ConnectionError, "connect", "The plugin could not connect.", true);
                if (plugin.LastError is null)
                {
                    Log.PluginConnectFailed(_logger, plugin.Name, failure.Error.Code); // once: the status says the rest
                }

                plugin.Note(failure.Error, _engine.Clock.UtcTicks);
                lane.Shut(failure);
            }

            try
            {
                await Task.Delay(delay, _options.TimeProvider, _stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            delay = delay * 2 < s_maxReconnect ? delay * 2 : s_maxReconnect;
        }
    }

    /// <summary>All calls of a plugin hang: it gets a fresh instance with a lane of its own, and what waited moves there; twice at most.</summary>
    private void Replace(RunningPlugin plugin, Lane hung) => ThreadPool.UnsafeQueueUserWorkItem(
        static state => state.manager.ReplaceNow(state.plugin, state.hung),
        (manager: this, plugin, hung),
        preferLocal: false);

    private void ReplaceNow(RunningPlugin plugin, Lane hung)
    {
        if (_disposed != 0 || plugin.Lane != hung)
        {
            return;
        }

        if (plugin.Replacements >= MaxReplacements)
        {
            Log.PluginHung(_logger, plugin.Name);
            hung.RefuseWaiting(SlotFailure.Hung);
            return;
        }

        plugin.Replacements++;
        Log.PluginReplaced(_logger, plugin.Name, plugin.Replacements, MaxReplacements);
        try
        {
            var lane = new Lane(plugin, PluginActivator.Activate(plugin.Descriptor, plugin.Settings, _options, _loggers), _engine.Clock, _engine);
            plugin.Lane = lane;
            for (var waiting = hung.TakeWaiting(); waiting is not null;)
            {
                var next = waiting.Next;
                waiting.Next = null;
                lane.Submit(waiting);
                waiting = next;
            }

            _ = ConnectAsync(plugin, lane);
        }
        catch (PluginException)
        {
            hung.RefuseWaiting(SlotFailure.Hung);
        }
    }

    private async Task RetireAsync(RunningPlugin plugin)
    {
        await plugin.Lane.CloseAsync(s_drain).ConfigureAwait(false);
        try
        {
            await plugin.Lane.Instance.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.PluginStopFailed(_logger, plugin.Name, exception.GetType().Name);
        }
    }

    private PluginStatus StatusOf(PluginDescriptor descriptor)
    {
        if (_engine.Plugins.Find(descriptor.Name) is not { } plugin)
        {
            return new PluginStatus { Name = descriptor.Name, Metadata = descriptor.Metadata };
        }

        var lane = plugin.Lane;
        var breakerOpen = lane.Breaker != BreakerState.Closed;
        var failedLately = plugin.LastErrorAt != 0 && _engine.Clock.UtcTicks - plugin.LastErrorAt < s_errorMemory;
        return new PluginStatus
        {
            Name = plugin.Name,
            Metadata = descriptor.Metadata,
            Enabled = true,
            Connected = plugin.Connected,
            Healthy = plugin.Connected && !breakerOpen && !failedLately && !lane.AllHang,
            BreakerOpen = breakerOpen,
            Running = lane.Running,
            Waiting = lane.Waiting,
            Hung = lane.Zombies,
            Blocked = lane.Blocked,
            Replacements = plugin.Replacements,
            Succeeded = plugin.Succeeded,
            Failed = plugin.Failed,
            LastError = plugin.LastError,
            LastErrorAt = ProfileEntry.Time(plugin.LastErrorAt == 0 ? null : plugin.LastErrorAt),
        };
    }
}

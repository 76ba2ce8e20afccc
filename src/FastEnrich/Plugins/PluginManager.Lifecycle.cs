using FastEnrich.Caching;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>Which plugins run: made, swapped, drained and disposed.</content>
public sealed partial class PluginManager
{
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _changes = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
            _engine.Start();
            StartRegistry();
            foreach (var plugin in _engine.Plugins.Order.Where(static plugin => !plugin.Connected))
            {
                _ = KeepConnectingAsync(plugin, plugin.Lane);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a plugin known that no generator has described.</summary>
    /// <param name="name">The plugin's name, in kebab-case.</param>
    /// <param name="factory">Makes an instance.</param>
    /// <exception cref="ArgumentException">The name is not kebab-case of 1 to 64 characters, or belongs to a plugin of another kind.</exception>
    public void RegisterFactory(string name, Func<PluginActivation, IEnrichmentPlugin> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        if (name is not { Length: >= 1 and <= 64 } || name[0] is '-' || name[^1] is '-' || name.Any(static character => character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
        {
            throw new ArgumentException("A plugin's name is kebab-case, 1 to 64 characters.", nameof(name));
        }

        _options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = factory.GetType(), Create = factory });
    }

    /// <summary>
    /// Starts a known plugin, or starts it anew with other settings: the new instance is made and connected, takes over in one step, and the old one is
    /// drained and disposed. What the old one fetched is not served any more.
    /// </summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <param name="settings">How it runs; its <see cref="PluginSettings.Options"/> are the plugin's own options.</param>
    /// <param name="cancellationToken">Ends the connecting; nothing has changed then.</param>
    /// <returns>A task that ends when the plugin takes requests and the old one is disposed.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="FastEnrichConfigurationException">A setting is out of range.</exception>
    /// <exception cref="PluginException">The plugin could not be made or connected; the old one, if any, goes on.</exception>
    /// <exception cref="InvalidOperationException">The engine runs 64 plugins already.</exception>
    public async ValueTask RegisterPluginAsync(string name, PluginSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var descriptor = _options.FindPlugin(name) ?? throw new ArgumentException($"No plugin '{name}' is known; register its factory or descriptor first.", nameof(name));
        EngineOptionsValidator.ThrowIfInvalid(descriptor, settings);
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var table = _engine.Plugins;
            var old = table.Find(descriptor.Name);
            var fresh = Make(descriptor, settings, old?.Ordinal ?? FreeOrdinal(table));
            try
            {
                await ConnectOnceAsync(fresh, cancellationToken).ConfigureAwait(false);
                var changed = new PluginTable([.. table.Order.Where(plugin => plugin != old), fresh]);
                fresh.Connected = true;
                fresh.Lane.Open();
                _engine.Plugins = changed;
            }
            catch
            {
                await RetireAsync(fresh).ConfigureAwait(false);
                throw;
            }

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
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>Whether it was running.</returns>
    public async ValueTask<bool> UnregisterPluginAsync(string name)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            var table = _engine.Plugins;
            if (_disposed != 0 || table.Find(name) is not { } plugin)
            {
                return false;
            }

            _engine.Plugins = new PluginTable([.. table.Order.Where(other => other != plugin)]);
            await RetireAsync(plugin).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Drops all results of one plugin, of all users: here at once, in the second tier and in the other instances when that confirms it.</summary>
    /// <param name="plugin">The plugin's name. One that does not run here is dropped elsewhere.</param>
    /// <param name="cancellationToken">Ends the wait for the second tier's confirmation.</param>
    /// <returns>Whether it is confirmed; otherwise the second tier repeats it until it is, or this process ends.</returns>
    /// <exception cref="ArgumentException">No plugin of that name is known.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what this instance held is dropped nevertheless.</exception>
    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _options.Catalog.ContainsKey(plugin)
            ? _engine.DropAsync(plugin, cancellationToken)
            : throw new ArgumentException("No plugin of that name is known.", nameof(plugin));
    }

    /// <summary>Stops taking requests, drains what is in flight for at most ten seconds, and disposes the plugins.</summary>
    /// <returns>A task that ends when everything has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _stopped.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            _engine.Stop();
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _changes.WaitAsync().ConfigureAwait(false); // a change on its way ends first; the next one sees that it came too late
            await Task.WhenAll(_engine.Plugins.Order.Select(RetireAsync)).ConfigureAwait(false);
            await Registry.DisposeAsync().ConfigureAwait(false);
            await _engine.CloseStoreAsync().ConfigureAwait(false); // last: what the flights have brought is still written
            _engine.Dispose();
            _telemetry.Dispose();
        }
        finally
        {
            _changes.Release();
            _stopped.SetResult();
        }
    }

    private static int FreeOrdinal(PluginTable table)
    {
        for (var ordinal = 0; ordinal < PluginTable.MaxPlugins; ordinal++)
        {
            if ((table.All & (1UL << ordinal)) == 0)
            {
                return ordinal;
            }
        }

        throw new InvalidOperationException($"An engine runs at most {PluginTable.MaxPlugins} plugins.");
    }

    private void AddConfigured()
    {
        var plugins = new List<RunningPlugin>();
        try
        {
            var configured = _options.Plugins.Select(pair => (Descriptor: _options.FindPlugin(pair.Key)!, Settings: pair.Value));
            foreach (var (descriptor, settings) in configured.OrderBy(static pair => pair.Descriptor.Name, StringComparer.Ordinal))
            {
                if (settings.Enabled)
                {
                    plugins.Add(Make(descriptor, settings, plugins.Count));
                }
            }

            _engine.Plugins = new PluginTable(plugins);
        }
        catch
        {
            foreach (var plugin in plugins)
            {
                _ = RetireAsync(plugin); // nothing is in flight: it is disposed at once
            }

            throw;
        }
    }

    private RunningPlugin Make(PluginDescriptor descriptor, PluginSettings settings, int ordinal)
    {
        var instance = PluginActivator.Activate(descriptor, settings, _options, _loggers, _telemetry.UsageOf(descriptor.Name));
        var plugin = new RunningPlugin(descriptor, settings, _options.Engine, instance.Plugin, ordinal, _engine.NextGeneration(), _telemetry);
        plugin.Lane = new Lane(plugin, instance, _engine.Clock, _engine);
        Health.Attach(plugin);
        return plugin;
    }

    private Task RetireAsync(RunningPlugin plugin) => Task.WhenAll(plugin.Retire().Select(lane => RetireAsync(plugin, lane)));

    private async Task RetireAsync(RunningPlugin plugin, Lane lane)
    {
        await lane.CloseAsync(s_drain).ConfigureAwait(false);
        try
        {
            await lane.Owned.DisposeAsync().AsTask().WaitAsync(s_drain, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.PluginStopFailed(_logger, plugin.Name, exception.GetType().Name);
        }
    }
}

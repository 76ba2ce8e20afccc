using FastEnrich.Configuration;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;

namespace FastEnrich;

/// <content>How a change is made: one at a time, connected before it is seen, swapped in one step, the old one drained after.</content>
public sealed partial class PluginManager
{
    private readonly Dictionary<string, PluginSettings> _kept = new(StringComparer.Ordinal); // what ran, for whoever enables it again; under _changes

    private async Task<bool> RegisterAsync(PluginDescriptor descriptor, PluginSettings settings, GivenPlugin? given, bool onlyWhenOff, CancellationToken cancellationToken)
    {
        EngineOptionsValidator.ThrowIfInvalid(descriptor, settings, hasOptions: given is not null);
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            var table = _engine.Plugins;
            var old = table.Find(descriptor.Name);
            if (onlyWhenOff && old is not null)
            {
                return false;
            }

            var fresh = Make(descriptor, settings, old?.Ordinal ?? FreeOrdinal(table.All));
            try
            {
                fresh.Lane.Owned.IsLent = given is not null;
                await ConnectOnceAsync(fresh, cancellationToken).ConfigureAwait(false);
                var changed = new PluginTable([.. table.Order.Where(plugin => plugin != old), fresh]);
                given?.AddTo(_options, descriptor);
                fresh.Connect();
                fresh.Lane.Open();
                _engine.Plugins = changed;
                fresh.Lane.Owned.IsLent = false;
            }
            catch
            {
                await RetireAsync(fresh).ConfigureAwait(false);
                throw;
            }

            _kept[descriptor.Name] = settings;
            LoggerOf(descriptor.Name).Level = settings.LogLevel ?? LoggerOf(descriptor.Name).Level; // what was set at run time stays
            if (DeclaredPlugins.IsDeclared(descriptor))
            {
                _options.Declare(descriptor); // what its section says now
            }

            if (old is not null)
            {
                await RetireAsync(old).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            _changes.Release();
        }
    }

    private async Task<bool> StopPluginAsync(string name, bool forget)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            var table = _engine.Plugins;
            if (_disposed != 0)
            {
                return false;
            }

            var plugin = table.Find(name);
            if (plugin is not null)
            {
                _kept[plugin.Name] = plugin.Settings;
                _engine.Plugins = new PluginTable([.. table.Order.Where(other => other != plugin)]);
                await RetireAsync(plugin).ConfigureAwait(false);
            }

            if (forget && _options.FindPlugin(name) is { } descriptor)
            {
                _kept.Remove(descriptor.Name);
                _options.ForgetGiven(descriptor.Name);
            }

            return plugin is not null;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Returns how a plugin that is off would run: as the configuration says now, else as it ran before, else as its defaults say.</summary>
    private async Task<DormantPlugin> SettingsForAsync(PluginDescriptor descriptor, CancellationToken cancellationToken)
    {
        var options = _read is null ? _options : _read();
        descriptor = DeclaredPlugins.IsDeclared(descriptor) ? options.FindPlugin(descriptor.Name) ?? descriptor : descriptor;
        var told = Configured(options).GetValueOrDefault(descriptor.Name);
        if (told is not { Enabled: true, Options: not null } && options.Dormant.TryGetValue(descriptor.Name, out var bind))
        {
            return bind();
        }

        if (told is null)
        {
            await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
            told = _kept.GetValueOrDefault(descriptor.Name);
            _changes.Release();
        }

        if (told is null || (told.Options is null && descriptor.BindOptions is not null))
        {
            return new DormantPlugin(descriptor, PluginConfig.Bind(descriptor, s_noConfiguration, told));
        }

        var settings = told.Copy();
        settings.Enabled = true;
        return new DormantPlugin(descriptor, settings);
    }

    private static int FreeOrdinal(ulong taken)
    {
        for (var ordinal = 0; ordinal < PluginTable.MaxPlugins; ordinal++)
        {
            if ((taken & (1UL << ordinal)) == 0)
            {
                return ordinal;
            }
        }

        throw new InvalidOperationException($"An engine runs at most {PluginTable.MaxPlugins} plugins.");
    }

    /// <summary>Returns the settings by the plugins' own names.</summary>
    private Dictionary<string, PluginSettings> Configured(FastEnrichOptions options) =>
        options.Plugins.ToDictionary(pair => (options.FindPlugin(pair.Key) ?? _options.FindPlugin(pair.Key))!.Name, static pair => pair.Value, StringComparer.Ordinal);

    private void AddConfigured()
    {
        var plugins = new List<RunningPlugin>();
        try
        {
            _configured = Configured(_options);
            foreach (var (name, settings) in _configured.Where(static pair => pair.Value.Enabled).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                LoggerOf(name).Level = settings.LogLevel;
                plugins.Add(Make(_options.FindPlugin(name)!, settings, plugins.Count));
            }

            _engine.Plugins = new PluginTable(plugins);
        }
        catch
        {
            foreach (var plugin in plugins)
            {
                _ = DiscardAsync(plugin);
            }

            throw;
        }
    }

    private RunningPlugin Make(PluginDescriptor descriptor, PluginSettings settings, int ordinal, EngineOptions? engine = null)
    {
        EngineFit.ThrowIfMisfit(descriptor);
        var logger = LoggerOf(descriptor.Name);
        var instance = PluginActivator.Activate(descriptor, settings, _options, logger, _telemetry.UsageOf(descriptor.Name));
        var plugin = new RunningPlugin(descriptor, settings, engine ?? _options.Engine, instance.Plugin, ordinal, _engine.NextGeneration(), _telemetry) { Logger = logger };
        plugin.Lane = new Lane(plugin, instance, _engine.Clock, _engine);
        Health.Attach(plugin);
        return plugin;
    }

    /// <summary>Disposes what was never used: nothing is in flight, so it happens at once.</summary>
    private static async Task DiscardAsync(RunningPlugin plugin)
    {
        foreach (var lane in plugin.Retire())
        {
            await lane.CloseAsync(TimeSpan.Zero).ConfigureAwait(false);
            try
            {
                await lane.Owned.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The author's own code; what made the change fail is thrown instead.
            }
        }
    }
}

using FastEnrich.Caching;
using FastEnrich.Registry;

namespace FastEnrich;

/// <content>Which plugins exist.</content>
public sealed partial class PluginManager
{
    /// <summary>Gets the registry of the known plugins: those added to the options, and those that <see cref="EngineOptions.PluginDir"/> describes.</summary>
    /// <value>It reads and watches the folder once the engine has started, and is disposed with it.</value>
    public PluginRegistry Registry { get; }

    private PluginRegistry CreateRegistry() => new(
        new PluginRegistryOptions
        {
            Directory = _options.Engine.PluginDir,
            File = _options.Engine.RegistryFile,
            TimeProvider = _options.TimeProvider,
            LoggerFactory = _options.LoggerFactory,
        },
        new Observer(this));

    private void StartRegistry()
    {
        if (_options.Engine.PluginDir is not null || _options.Engine.RegistryFile is not null)
        {
            _ = Task.Run(Registry.Start); // a slow disk holds up no start
        }
    }

    private sealed class Observer(PluginManager manager) : IPluginObserver
    {
        public IReadOnlyDictionary<string, PluginDescriptor> Catalog => manager._options.Catalog;

        public PluginObservation Observe(string name)
        {
            var usage = manager._telemetry.FindUsage(name);
            var isConfigured = manager._options.FindPlugin(name) is { } descriptor && descriptor.Aliases.Prepend(descriptor.Name).Any(manager._options.Plugins.ContainsKey);
            var lastUsed = usage is null or { LastUsedAt: 0 } ? (DateTimeOffset?)null : ProfileEntry.Time(usage.LastUsedAt);
            return new PluginObservation(manager._engine.Plugins.Find(name) is not null, isConfigured, usage?.Calls ?? 0, lastUsed);
        }
    }
}

using System.Diagnostics.Metrics;
using FastEnrich.Caching;
using FastEnrich.Configuration;
using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <summary>Everything an engine is made from. Read once, at start.</summary>
public sealed class FastEnrichOptions : IPluginRegistrar
{
    private readonly Lock _lock = new();
    private volatile Dictionary<string, PluginDescriptor> _catalog = new(StringComparer.Ordinal); // replaced, not changed: an engine reads it meanwhile
    private volatile HashSet<string> _given = []; // likewise
    private volatile PluginIndex? _index; // made when somebody asks: adding plugins one by one would make one each

    /// <summary>Gets how the engine caches, waits and retries.</summary>
    public EngineOptions Engine { get; } = new();

    /// <summary>Gets the settings by plugin name or alias. A known plugin without settings is off.</summary>
    public IDictionary<string, PluginSettings> Plugins { get; } = new Dictionary<string, PluginSettings>(StringComparer.Ordinal);

    /// <summary>Gets the known plugins, enabled or not.</summary>
    public PluginIndex Catalog
    {
        get
        {
            var catalog = _catalog;
            return _index is { } index && index.IsOf(catalog) ? index : _index = new PluginIndex(catalog);
        }
    }

    /// <summary>Gets or sets the clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets where loggers come from.</summary>
    /// <value><see langword="null"/>, the default, for no logs.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets what plugins' constructors are served from.</summary>
    /// <value><see langword="null"/>, the default, for no services.</value>
    public IServiceProvider? Services { get; set; }

    /// <summary>Gets what is applied to the handler of a plugin's upstream client (proxy, custom CA, mTLS), by plugin name or alias.</summary>
    public IDictionary<string, Action<SocketsHttpHandler>> Upstreams { get; } = new Dictionary<string, Action<SocketsHttpHandler>>(StringComparer.Ordinal);

    /// <summary>Gets or sets where the meter <c>FastEnrich</c> comes from.</summary>
    /// <value><see langword="null"/>, the default, for a meter of the engine's own.</value>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Gets or sets the second tier.</summary>
    internal IProfileStore? Store { get; set; }

    /// <summary>Gets or sets what makes the second tier from the finished options, unless <see cref="Store"/> is set; <see langword="null"/> from it is no tier.</summary>
    internal Func<FastEnrichOptions, IProfileStore?>? CreateStore { get; set; }

    /// <summary>Gets or sets what adds the mistakes in the second tier's own settings to the others.</summary>
    internal Action<EngineOptions, List<ConfigError>>? CheckStore { get; set; }

    /// <summary>Gets or sets by how much a ttl may be shortened, so that results fetched together do not expire together.</summary>
    internal double TtlJitter { get; set; } = 0.1;

    /// <summary>Gets or sets by how much a pause between two attempts to connect may be shortened.</summary>
    internal double ReconnectJitter { get; set; } = 0.2;

    /// <summary>Gets what reads the settings of a plugin that the configuration does not enable, by name, as if it did.</summary>
    internal Dictionary<string, Func<DormantPlugin>> Dormant { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the files that were read: the configuration's and those that hold its secrets.</summary>
    internal HashSet<string> Files { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void AddPlugin(PluginDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        lock (_lock)
        {
            foreach (var name in descriptor.Aliases.Prepend(descriptor.Name))
            {
                if (FindPlugin(name) is { } known && (known.PluginType != descriptor.PluginType || known.Name != descriptor.Name))
                {
                    throw new ArgumentException($"The plugins {known.PluginType} and {descriptor.PluginType} share the name '{name}'; rename one.", nameof(descriptor));
                }
            }

            _catalog = new Dictionary<string, PluginDescriptor>(_catalog, StringComparer.Ordinal) { [descriptor.Name] = descriptor };
        }
    }

    /// <summary>Makes a plugin of the configuration's known, in place of an earlier one of that name.</summary>
    internal void Declare(PluginDescriptor descriptor)
    {
        lock (_lock)
        {
            if (FindPlugin(descriptor.Name) is not { } known || !Configuration.DeclaredPlugins.IsDeclared(known))
            {
                AddPlugin(descriptor);
                return;
            }

            _catalog = new Dictionary<string, PluginDescriptor>(_catalog, StringComparer.Ordinal) { [descriptor.Name] = descriptor };
        }
    }

    /// <summary>Returns the known plugin of that name or alias.</summary>
    internal PluginDescriptor? FindPlugin(string name) => Catalog.Find(name);

    /// <summary>Whether the plugin of that name is known because an instance of it was registered.</summary>
    internal bool IsGiven(string name) => _given.Contains(name);

    /// <summary>Makes a registered instance known, in place of an earlier one of that name.</summary>
    internal void AddGiven(PluginDescriptor descriptor)
    {
        lock (_lock)
        {
            _given = [.. _given, descriptor.Name];
            _catalog = new Dictionary<string, PluginDescriptor>(_catalog, StringComparer.Ordinal) { [descriptor.Name] = descriptor };
        }
    }

    /// <summary>Makes a name unknown that only a registered instance had.</summary>
    internal void ForgetGiven(string name)
    {
        if (IsGiven(name))
        {
            Forget(name);
        }
    }

    /// <summary>Makes a name unknown.</summary>
    internal void Forget(string name)
    {
        lock (_lock)
        {
            _given = [.. _given.Where(other => other != name)];
            _catalog = new Dictionary<string, PluginDescriptor>(_catalog.Where(pair => pair.Key != name), StringComparer.Ordinal);
        }
    }
}

using FastEnrich.Processes;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>One pass over a configuration: everything it says, or everything that is wrong with it.</summary>
internal sealed class ConfigurationReading
{
    private readonly ConfigNode? _engine;
    private readonly ConfigVariables? _variables;
    private readonly ConfigErrors? _errors;
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    private ConfigurationReading(IReadOnlyList<ConfigError> errors) => Errors = errors;

    private ConfigurationReading(
        List<ConfigLayer> layers,
        IReadOnlyList<LocatedError> mistakes,
        IReadOnlyCollection<PluginDescriptor> catalog,
        IReadOnlyDictionary<string, string> environment)
    {
        var errors = new ConfigErrors();
        foreach (var error in mistakes)
        {
            errors.Add(error);
        }

        var root = ConfigTree.Merge(layers, catalog, errors);
        Root = root;
        _variables = new ConfigVariables(environment, errors) { Files = _files };
        var top = new SettingsReader(root, _variables, errors);
        top.Know("$schema"); // what editors put into a JSON file
        _engine = top.Section("engine");
        ReadEngine(new EngineOptions(), errors);
        var shortForms = new ConfigLayer { Entries = [] };
        var environmentLayer = layers.FindIndex(layer => layer.IsEnvironment);
        if (top.Section("plugins") is { } plugins)
        {
            var section = new PluginsSection(catalog, environment, _variables, errors);
            Plugins = section.Read(plugins, shortForms, environmentLayer);
            Declared = section.Declared;
        }

        top.ReportUnknown();
        _errors = errors;
        Errors = errors.Sorted();
        var known = catalog.Where(static descriptor => !DeclaredPlugins.IsDeclared(descriptor)).Concat(Declared);
        foreach (var descriptor in known.Where(descriptor => Plugins.GetValueOrDefault(descriptor.Name) is not { Enabled: true }))
        {
            Dormant[descriptor.Name] = () =>
            {
                var found = new ConfigErrors();
                var section = root.Child("plugins") ?? root.AddChild("plugins");
                var dormant = new PluginsSection(catalog, environment, new ConfigVariables(environment, found) { Files = _files }, found)
                    .ReadAsEnabled(section, descriptor, shortForms, environmentLayer);
                return found.Count == 0 ? dormant : throw new FastEnrichConfigurationException(found.Sorted());
            };
        }
    }

    public IReadOnlyList<ConfigError> Errors { get; private set; }

    public Dictionary<string, PluginSettings> Plugins { get; } = [];

    /// <summary>Gets the plugins that are known from here alone.</summary>
    public IReadOnlyList<PluginDescriptor> Declared { get; } = [];

    /// <summary>Gets the merged sources; <see langword="null"/> when they could not be read.</summary>
    public ConfigNode? Root { get; }

    /// <summary>Gets what reads the settings of plugins that are off, as if they were on.</summary>
    public Dictionary<string, Func<DormantPlugin>> Dormant { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the files that values were read from.</summary>
    public IReadOnlyCollection<string> Files => _files;

    public static ConfigurationReading Read(ConfigDocument document, IReadOnlyCollection<PluginDescriptor> catalog, IReadOnlyDictionary<string, string> environment) =>
        document.IsBroken
            ? new ConfigurationReading([.. document.Errors.Select(located => located.Error)])
            : new ConfigurationReading(ConfigLayers.From(document, environment), document.Errors, catalog, environment);

    public static ConfigurationReading Read(IConfiguration configuration, IReadOnlyCollection<PluginDescriptor> catalog, IReadOnlyDictionary<string, string> environment) =>
        FromLayers(ConfigLayers.From(configuration, environment, out var errors, out var isBroken), errors, isBroken, catalog, environment);

    private static ConfigurationReading FromLayers(
        List<ConfigLayer> layers,
        IReadOnlyList<LocatedError> errors,
        bool isBroken,
        IReadOnlyCollection<PluginDescriptor> catalog,
        IReadOnlyDictionary<string, string> environment) =>
        isBroken ? new ConfigurationReading([.. errors.Select(static located => located.Error)]) : new ConfigurationReading(layers, errors, catalog, environment);

    /// <summary>Writes what section <c>engine</c> says into the options.</summary>
    public void ReadEngine(EngineOptions engine) => ReadEngine(engine, new ConfigErrors());

    /// <summary>Adds what somebody who knows more than this assembly finds wrong with section <c>engine</c>.</summary>
    public void Check(Action<EngineOptions, List<ConfigError>> check)
    {
        if (Root is null)
        {
            return;
        }

        var engine = new EngineOptions();
        ReadEngine(engine);
        var found = new List<ConfigError>();
        check(engine, found);
        foreach (var error in found)
        {
            _errors!.Add(Root.Nearest(error.Path, out _), error);
        }

        Errors = _errors!.Sorted();
    }

    private void ReadEngine(EngineOptions engine, ConfigErrors errors)
    {
        if (_engine is not null)
        {
            EngineSection.Read(_engine, engine, _variables!, errors);
        }
    }
}

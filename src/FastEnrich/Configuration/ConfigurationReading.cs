using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>One pass over a configuration: everything it says, or everything that is wrong with it.</summary>
internal sealed class ConfigurationReading
{
    private readonly ConfigNode? _engine;
    private readonly ConfigVariables? _variables;

    private ConfigurationReading(IReadOnlyList<ConfigError> errors) => Errors = errors;

    private ConfigurationReading(List<ConfigLayer> layers, IReadOnlyList<LocatedError> known, IReadOnlyCollection<PluginDescriptor> catalog, IReadOnlyDictionary<string, string> environment)
    {
        var errors = new ConfigErrors();
        foreach (var error in known)
        {
            errors.Add(error);
        }

        var root = ConfigTree.Merge(layers, catalog, errors);
        _variables = new ConfigVariables(environment, errors);
        var top = new SettingsReader(root, _variables, errors);
        top.Know("$schema"); // what editors put into a JSON file
        _engine = top.Section("engine");
        ReadEngine(new EngineOptions(), errors);
        if (top.Section("plugins") is { } plugins)
        {
            var shortForms = new ConfigLayer { Entries = [] };
            var section = new PluginsSection(catalog, environment, _variables, errors);
            Plugins = section.Read(plugins, shortForms, layers.FindIndex(layer => layer.IsEnvironment));
            Processes = section.Processes;
        }

        top.ReportUnknown();
        Errors = errors.Sorted();
    }

    public IReadOnlyList<ConfigError> Errors { get; }

    public Dictionary<string, PluginSettings> Plugins { get; } = [];

    /// <summary>Gets the plugins that run as processes and are known from here alone.</summary>
    public IReadOnlyList<PluginDescriptor> Processes { get; } = [];

    public static ConfigurationReading Read(ConfigDocument document, IReadOnlyCollection<PluginDescriptor> catalog, IReadOnlyDictionary<string, string> environment) =>
        document.IsBroken
            ? new ConfigurationReading([.. document.Errors.Select(located => located.Error)])
            : new ConfigurationReading(ConfigLayers.From(document, environment), document.Errors, catalog, environment);

    public static ConfigurationReading Read(IConfiguration configuration, IReadOnlyCollection<PluginDescriptor> catalog, IReadOnlyDictionary<string, string> environment) =>
        new(ConfigLayers.From(configuration, environment), [], catalog, environment);

    /// <summary>Writes what section <c>engine</c> says into the options.</summary>
    public void ReadEngine(EngineOptions engine) => ReadEngine(engine, new ConfigErrors());

    private void ReadEngine(EngineOptions engine, ConfigErrors errors)
    {
        if (_engine is not null)
        {
            EngineSection.Read(_engine, engine, _variables!, errors);
        }
    }
}

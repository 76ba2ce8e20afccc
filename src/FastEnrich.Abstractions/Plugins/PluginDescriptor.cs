namespace FastEnrich;

/// <summary>
/// Everything the engine knows of a plugin type: metadata, schema, factory, binder, needs. Written by the generator; immutable.
/// </summary>
public sealed class PluginDescriptor
{
    /// <summary>Gets the metadata.</summary>
    public required PluginMetadata Metadata { get; init; }

    /// <summary>Gets the plugin's name.</summary>
    public string Name => Metadata.Name;

    /// <summary>Gets the other names that configuration and requests may call the plugin by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets the plugin class.</summary>
    public required Type PluginType { get; init; }

    /// <summary>Gets the options type; <see langword="null"/> for a plugin without options.</summary>
    public Type? OptionsType { get; init; }

    /// <summary>Gets what makes an instance.</summary>
    public required Func<PluginActivation, IEnrichmentPlugin> Create { get; init; }

    /// <summary>
    /// Gets what reads the options from configuration, reporting every mistake to the reader; its result is used only when there was none.
    /// </summary>
    public Func<ConfigReader, object?>? BindOptions { get; init; }

    /// <summary>Gets the identities that results carry.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Gets the identities that users are looked up by.</summary>
    public IReadOnlyList<IdentityNeed> Needs { get; init; } = [];

    /// <summary>Gets the plugins that must have settled with a servable result first.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Gets whether sections of the configuration may run the plugin under names of their own.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowMultiple { get; init; }

    /// <summary>Gets the name of the plugin whose type this is under a name of the configuration's; <see langword="null"/> for a plugin of the program.</summary>
    internal string? InstanceOf { get; private init; }

    /// <summary>Returns the descriptor of the same plugin type under a name of the configuration's.</summary>
    internal PluginDescriptor As(string name) => new()
    {
        Metadata = Metadata with { Name = name },
        PluginType = PluginType,
        OptionsType = OptionsType,
        Create = Create,
        BindOptions = BindOptions,
        Provides = Provides,
        Needs = Needs,
        DependsOn = DependsOn,
        InstanceOf = Name,
    };

    /// <summary>Returns the plugin's name and version.</summary>
    /// <returns>The name and version.</returns>
    public override string ToString() => $"{Metadata.Name} {Metadata.Version}";
}

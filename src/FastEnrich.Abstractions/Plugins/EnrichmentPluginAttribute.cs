namespace FastEnrich;

/// <summary>
/// Marks a class as a plugin: the FastEnrich generator writes its descriptor, factory, option binder and JSON context.
/// </summary>
/// <param name="name">The plugin's name: kebab-case, 1 to 64 characters, unique in a program. It is the key in configuration, profiles, metrics and Redis.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EnrichmentPluginAttribute(string name) : Attribute
{
    /// <summary>Gets the plugin's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets or sets the other names that configuration and requests may call the plugin by; results are always under <see cref="Name"/>.</summary>
    /// <value>Kebab-case, 1 to 64 characters each, and no name or alias of another plugin. The default is none.</value>
    public string[] Aliases { get; set; } = [];

    /// <summary>Gets or sets the plugin's semantic version.</summary>
    /// <value>The default is <c>1.0.0</c>.</value>
    public string Version { get; set; } = "1.0.0";

    /// <summary>Gets or sets one sentence that says what the plugin fetches, and from where.</summary>
    public string Description { get; set; } = "";

    /// <summary>Gets or sets who maintains the plugin.</summary>
    public string Author { get; set; } = "";

    /// <summary>Gets or sets the plugin's home page.</summary>
    public string? Website { get; set; }

    /// <summary>Gets or sets the plugin's licence, as an SPDX expression.</summary>
    public string? License { get; set; }

    /// <summary>
    /// Gets or sets whether sections of the configuration may run this plugin under names of their own,
    /// each with a configuration of its own: <c>weather: { type: http }</c>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: the plugin runs once. A plugin that allows it takes its name from <see cref="PluginContext.Descriptor"/>.</value>
    public bool AllowMultiple { get; set; }

    /// <summary>Gets or sets what the plugin can deliver, such as <c>user_demographics</c> or <c>lead_scoring</c>.</summary>
    public string[] Capabilities { get; set; } = [];

    /// <summary>Gets or sets free words to find the plugin by.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>Gets or sets the oldest engine that the plugin runs in, as a semantic version.</summary>
    /// <value>The default, <see langword="null"/>, is any.</value>
    public string? MinEngineVersion { get; set; }

    /// <summary>Gets or sets the newest engine that the plugin runs in, as a semantic version.</summary>
    /// <value>The default, <see langword="null"/>, is any.</value>
    public string? MaxEngineVersion { get; set; }
}

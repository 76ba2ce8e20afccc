using System.ComponentModel;

namespace FastEnrich;

/// <summary>
/// Says at compile time what a plugin waits for, so that plugins of several assemblies that wait for each other are found
/// when the program is built. Written by the generator.
/// </summary>
/// <param name="plugin">The plugin's name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class GeneratedPluginOrderAttribute(string plugin) : Attribute
{
    /// <summary>Gets the plugin's name.</summary>
    public string Plugin { get; } = plugin;

    /// <summary>Gets or sets the plugin's other names.</summary>
    public string[] Aliases { get; set; } = [];

    /// <summary>Gets or sets the plugins that it depends on.</summary>
    public string[] DependsOn { get; set; } = [];

    /// <summary>Gets or sets the identities that it always looks users up by.</summary>
    public string[] Needs { get; set; } = [];

    /// <summary>Gets or sets the identities that its results carry.</summary>
    public string[] Provides { get; set; } = [];
}

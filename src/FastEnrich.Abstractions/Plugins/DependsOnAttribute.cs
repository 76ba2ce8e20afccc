namespace FastEnrich;

/// <summary>Makes a plugin start after another plugin has settled with a servable result; without one it is skipped.</summary>
/// <param name="plugin">The other plugin's name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class DependsOnAttribute(string plugin) : Attribute
{
    /// <summary>Gets the other plugin's name.</summary>
    public string Plugin { get; } = plugin;
}

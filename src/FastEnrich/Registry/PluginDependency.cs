using System.Diagnostics.CodeAnalysis;
using FastEnrich.Plugins;

namespace FastEnrich.Registry;

/// <summary>A plugin that another one needs.</summary>
/// <param name="Name">The other plugin's name.</param>
/// <param name="Versions">The versions that will do; <see langword="null"/> for any.</param>
public sealed record PluginDependency(string Name, VersionRange? Versions = null)
{
    /// <summary>Reads a dependency.</summary>
    /// <param name="text">A name, with a range behind a space where versions matter: <c>hubspot</c>, <c>hubspot &gt;=1.2.0 &lt;2.0.0</c>.</param>
    /// <param name="dependency">The dependency; <see langword="null"/> when the text is none.</param>
    /// <returns>Whether the text is a dependency.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PluginDependency? dependency)
    {
        dependency = null;
        var parts = (text ?? "").Split(' ', 2);
        VersionRange? range = null;
        if (!PluginName.IsValid(parts[0]) || (parts.Length == 2 && !VersionRange.TryParse(parts[1], out range)))
        {
            return false;
        }

        dependency = new PluginDependency(parts[0], range);
        return true;
    }

    /// <summary>Returns the dependency as a manifest holds it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Versions is null ? Name : $"{Name} {Versions}";
}

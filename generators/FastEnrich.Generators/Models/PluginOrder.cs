using System.Linq;

namespace FastEnrich.Generators.Models;

/// <summary>What a plugin waits for and what others wait for it for. <see cref="Needs"/> holds only those that no configuration changes.</summary>
internal sealed record PluginOrder(string Name, EquatableArray<string> Aliases, EquatableArray<string> DependsOn, EquatableArray<string> Needs, EquatableArray<string> Provides)
{
    public bool IsEmpty => DependsOn.Count == 0 && Needs.Count == 0 && Provides.Count == 0;

    public static PluginOrder Of(PluginModel plugin) => new(
        plugin.Name,
        plugin.Aliases,
        plugin.DependsOn,
        plugin.NeedsAreFixed ? new(plugin.Needs.Select(static n => n.Name)) : default,
        plugin.Provides);

    /// <summary>Says whether a plugin waits for another one however it is configured; the engine checks the rest when it knows the configuration.</summary>
    public bool WaitsFor(PluginOrder other) =>
        other.Aliases.Prepend(other.Name).Any(n => DependsOn.Contains(n, StringComparer.Ordinal))
        || (this != other && Needs.Any(n => other.Provides.Contains(n, StringComparer.Ordinal))); // a plugin may look users up by what it also provides
}

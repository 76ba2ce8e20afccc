using FastEnrich.Plugins;
using FastEnrich.Processes;

namespace FastEnrich.Configuration;

/// <summary>Plugins that the configuration makes known, and no generator: processes, and other plugins' types under names of their own.</summary>
internal static class DeclaredPlugins
{
    /// <summary>The keys that make a section one of them.</summary>
    public static readonly string[] Keys = ["process", "type"];

    public static bool IsDeclared(PluginDescriptor descriptor) => descriptor.InstanceOf is not null || ProcessSection.IsProcess(descriptor);

    /// <summary>The plugins that a section may name as its type.</summary>
    public static IEnumerable<PluginDescriptor> Types(IEnumerable<PluginDescriptor> catalog) =>
        catalog.Where(static plugin => plugin.AllowMultiple && !IsDeclared(plugin)).OrderBy(static plugin => plugin.Name, StringComparer.Ordinal);

    public static void CheckName(ConfigNode plugin, ConfigErrors errors)
    {
        if (!PluginName.IsValid(plugin.Key))
        {
            errors.Add(plugin, null, "a plugin's name in kebab-case, 1 to 64 characters");
        }
    }

    /// <summary>Returns the plugin that a section names as its type; <see langword="null"/> after a mistake, which is reported.</summary>
    public static PluginDescriptor? TypeOf(ConfigNode plugin, IReadOnlyCollection<PluginDescriptor> catalog, ConfigErrors errors)
    {
        var node = plugin.Child("type")!;
        string[] names = [.. Types(catalog).Select(static type => type.Name)];
        if (node.Value is not { Length: > 0 } text || node.IsRefused)
        {
            errors.Add(node, null, SettingsReader.Known("type", "", names));
            return null;
        }

        var type = catalog.FirstOrDefault(known => !IsDeclared(known) && known.Aliases.Prepend(known.Name).Any(name => ConfigKey.Same(name, text)));
        if (type is { AllowMultiple: true })
        {
            return type;
        }

        errors.Add(node, text, type is null
            ? SettingsReader.Known("type", text, names)
            : $"a type that several sections may have, which '{type.Name}' is not: {(names.Length == 0 ? "there is none" : string.Join(", ", names))}");
        return null;
    }
}

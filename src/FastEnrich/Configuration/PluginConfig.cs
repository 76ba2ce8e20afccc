using FastEnrich.Plugins;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>Hands a plugin's section <c>config</c>, merged and resolved, to the plugin's binder, and makes its reports safe to show.</summary>
internal static class PluginConfig
{
    public static object? Read(ConfigNode plugin, PluginDescriptor descriptor, ConfigVariables variables, ConfigErrors errors, out string? digest)
    {
        digest = null;
        var config = plugin.Child("config");
        if (descriptor.BindOptions is null)
        {
            foreach (var child in config?.Children ?? [])
            {
                errors.Add(child, null, "nothing here: this plugin has no configuration");
            }

            return null;
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var path = config?.Path ?? $"{plugin.Path}:config";
        foreach (var child in config?.Children ?? [])
        {
            variables.ResolveAll(child);
            Flatten(child, $"{path}:{Spell(child.Key, descriptor)}", variables, values);
        }

        digest = DataVersion.OfConfig(values, path, descriptor);
        var found = new List<ConfigError>();
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(path);
        var options = descriptor.BindOptions(new ConfigReader(section, found));
        foreach (var error in found)
        {
            Report(error, plugin, path, descriptor, errors);
        }

        return options;
    }

    /// <summary>Returns the schema's spelling of a key, so that a binder may look for that one.</summary>
    private static string Spell(string key, PluginDescriptor descriptor) =>
        descriptor.Metadata.ConfigSchema.Properties.Keys.FirstOrDefault(known => ConfigKey.Same(known, key)) ?? key;

    private static void Flatten(ConfigNode node, string path, ConfigVariables variables, Dictionary<string, string?> values)
    {
        // A refused value stays in place as it was written, so that the binder does not call it missing.
        values[path] = node.IsRefused ? node.Value : variables.Resolve(node);
        foreach (var child in node.Children)
        {
            Flatten(child, $"{path}:{child.Key}", variables, values);
        }
    }

    private static void Report(ConfigError error, ConfigNode plugin, string path, PluginDescriptor descriptor, ConfigErrors errors)
    {
        var root = plugin;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        var node = root.Nearest(error.Path, out var exact);
        if (exact && node.IsRefused)
        {
            return; // reported already, with its real reason
        }

        var schema = descriptor.Metadata.ConfigSchema.Properties;
        var key = error.Path.Length > path.Length ? error.Path[(path.Length + 1)..].Split(':')[0] : "";
        var property = schema.FirstOrDefault(pair => ConfigKey.Same(pair.Key, key)).Value;
        var shown = error.Found switch
        {
            null => null,
            _ when property is { Sensitive: true } => "***",
            _ when property is null && schema.Count > 0 => null,
            _ when exact && node.HasVariables => node.Value,
            var text => text,
        };
        errors.Add(node, error with { Found = ConfigErrors.Shorten(shown) });
    }
}

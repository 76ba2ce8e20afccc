using FastEnrich.Plugins;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>Hands a plugin's section <c>config</c>, merged and resolved, to the plugin's binder, and makes its reports safe to show.</summary>
internal static class PluginConfig
{
    /// <summary>Reads a plugin's own options from a dictionary, and the rest of its settings from others.</summary>
    /// <exception cref="FastEnrichConfigurationException">There are mistakes; all of them are listed.</exception>
    public static PluginSettings Bind(PluginDescriptor descriptor, IReadOnlyDictionary<string, string?> configuration, PluginSettings? settings)
    {
        var errors = new ConfigErrors();
        var entries = configuration
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new ConfigEntry($"plugins:{descriptor.Name}:config:{pair.Key}", pair.Value));
        var root = ConfigTree.Merge([new ConfigLayer { Entries = [.. entries] }], [], errors);
        var section = root.Child("plugins") ?? root.AddChild("plugins");
        var bound = settings?.Copy() ?? new PluginSettings();
        bound.Enabled = true;
        Read(section.Child(descriptor.Name) ?? section.AddChild(descriptor.Name), descriptor, new ConfigVariables(new Dictionary<string, string>(), errors), errors, bound);
        return errors.Count == 0 ? bound : throw new FastEnrichConfigurationException(errors.Sorted());
    }

    public static void Read(ConfigNode plugin, PluginDescriptor descriptor, ConfigVariables variables, ConfigErrors errors, PluginSettings settings)
    {
        var config = plugin.Child("config");
        if (descriptor.BindOptions is null)
        {
            foreach (var child in config?.Children ?? [])
            {
                errors.Add(child, null, "nothing here: this plugin has no configuration");
            }

            return;
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var path = config?.Path ?? $"{plugin.Path}:config";
        foreach (var child in config?.Children ?? [])
        {
            variables.ResolveAll(child);
            Flatten(child, $"{path}:{Spell(child.Key, descriptor)}", variables, values);
        }

        var found = new List<ConfigError>();
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(path);
        settings.Options = descriptor.BindOptions(new ConfigReader(section, found));
        settings.ConfigDigest = DataVersion.OfConfig(values, path, descriptor, secrets: false);
        settings.ConfigFingerprint = DataVersion.OfConfig(values, path, descriptor, secrets: true) ?? "";
        foreach (var error in found)
        {
            Report(error, plugin, path, descriptor, errors);
        }
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

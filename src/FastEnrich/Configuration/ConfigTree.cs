namespace FastEnrich.Configuration;

/// <summary>Merges sources into one tree; a stronger source wins key by key, however it spells them.</summary>
internal static class ConfigTree
{
    private const int MaxDepth = 32; // files are held to it when they are read, the other sources here

    public static ConfigNode Merge(IReadOnlyList<ConfigLayer> layers, IReadOnlyCollection<PluginDescriptor> catalog, ConfigErrors errors)
    {
        var root = new ConfigNode("", null);
        var names = Aliases(catalog);
        var reported = new HashSet<(ConfigNode Node, int Layer)>();
        for (var index = 0; index < layers.Count; index++)
        {
            foreach (var entry in layers[index].Entries)
            {
                Add(root, layers[index], index, entry, names, reported, errors);
            }
        }

        return root;
    }

    /// <summary>Returns the names of plugins by their aliases, so that a section by either is one section.</summary>
    private static Dictionary<string, string> Aliases(IReadOnlyCollection<PluginDescriptor> catalog)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var plugin in catalog)
        {
            foreach (var alias in plugin.Aliases.Where(alias => !catalog.Any(other => ConfigKey.Same(other.Name, alias))))
            {
                names.TryAdd(ConfigKey.Normalize(alias), plugin.Name);
            }
        }

        return names;
    }

    private static void Add(
        ConfigNode root, ConfigLayer layer, int index, ConfigEntry entry, Dictionary<string, string> aliases, HashSet<(ConfigNode Node, int Layer)> reported, ConfigErrors errors)
    {
        var node = root;
        var keys = entry.Path.Split(':');
        if (keys.Length > MaxDepth)
        {
            errors.Add(entry, index, keys[0], $"at most {MaxDepth} levels");
            return;
        }

        foreach (var key in keys)
        {
            var name = aliases.Count > 0 && node.Parent == root && ConfigKey.Same(node.Key, "plugins") ? aliases.GetValueOrDefault(ConfigKey.Normalize(key), key) : key;
            node = node.Child(name) ?? node.AddChild(name);
            if (node.Spelling.Layer == index && !string.Equals(node.Spelling.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                if (reported.Add((node, index)))
                {
                    errors.Add(entry, index, node.Path, $"each key once; '{node.Spelling.Key}' and '{key}' are one key");
                }

                return;
            }

            node.Spelling = (index, key);
        }

        node.Place = entry;
        if (!entry.IsContainer)
        {
            node.Value = entry.Value;
            node.Resolved = null;
            node.IsRefused = entry.IsRefused;
            node.Layer = layer;
            node.LayerIndex = index;
        }
        else if (node.LayerIndex < 0)
        {
            node.LayerIndex = index;
        }
    }
}

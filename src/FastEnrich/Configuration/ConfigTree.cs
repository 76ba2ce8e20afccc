namespace FastEnrich.Configuration;

/// <summary>Merges sources into one tree; a stronger source wins key by key, however it spells them.</summary>
internal static class ConfigTree
{
    private const int MaxDepth = 32; // files are held to it when they are read, the other sources here

    public static ConfigNode Merge(IReadOnlyList<ConfigLayer> layers, ConfigErrors errors)
    {
        var root = new ConfigNode("", null);
        for (var index = 0; index < layers.Count; index++)
        {
            foreach (var entry in layers[index].Entries)
            {
                Add(root, layers[index], index, entry, errors);
            }
        }

        return root;
    }

    private static void Add(ConfigNode root, ConfigLayer layer, int index, ConfigEntry entry, ConfigErrors errors)
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
            node = node.Child(key) ?? node.AddChild(key);
            if (node.Spelling.Layer == index && !string.Equals(node.Spelling.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                errors.Add(entry, index, node.Path, $"each key once; '{node.Spelling.Key}' and '{key}' are one key");
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

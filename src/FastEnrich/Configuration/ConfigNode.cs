namespace FastEnrich.Configuration;

/// <summary>One key of the merged configuration, with the strongest value and its place.</summary>
internal sealed class ConfigNode(string key, ConfigNode? parent)
{
    private readonly Dictionary<string, ConfigNode> _children = new(StringComparer.Ordinal);

    /// <summary>Gets the key as the weakest source that has it spells it.</summary>
    public string Key { get; } = key;

    public string Path { get; } = parent is null || parent.Path.Length == 0 ? key : $"{parent.Path}:{key}";

    public ConfigNode? Parent { get; } = parent;

    /// <summary>Gets the children in the order in which they were met.</summary>
    public IReadOnlyCollection<ConfigNode> Children => _children.Values;

    /// <summary>Gets or sets the value as the source has it; <see langword="null"/> for none.</summary>
    public string? Value { get; set; }

    /// <summary>Gets or sets what <see cref="Value"/> is once its variables are resolved.</summary>
    public string? Resolved { get; set; }

    /// <summary>Gets or sets whether the value came, in part, from a variable.</summary>
    public bool HasVariables { get; set; }

    /// <summary>Gets or sets whether a mistake in the value was reported already.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Gets or sets the source of the value.</summary>
    public ConfigLayer? Layer { get; set; }

    /// <summary>Gets or sets the index of the source; -1 for none.</summary>
    public int LayerIndex { get; set; } = -1;

    /// <summary>Gets or sets the entry that tells the place.</summary>
    public ConfigEntry? Place { get; set; }

    /// <summary>Gets or sets the key as the source that is being merged spells it, to find two spellings in one source.</summary>
    public (int Layer, string Key) Spelling { get; set; } = (-1, key);

    /// <summary>Gets or sets what takes down what a reader asks for here; <see langword="null"/> when it is really read.</summary>
    public Schema.SchemaSection? Description { get; set; }

    public ConfigNode? Child(string key) => _children.GetValueOrDefault(ConfigKey.Normalize(key));

    public ConfigNode AddChild(string key)
    {
        var child = new ConfigNode(key, this);
        _children.Add(ConfigKey.Normalize(key), child);
        return child;
    }

    /// <summary>Returns the node at a path below this one, or the nearest node above that place.</summary>
    public ConfigNode Nearest(string path, out bool exact)
    {
        var node = this;
        exact = true;
        foreach (var key in path.Split(':'))
        {
            if (node.Child(key) is not { } child)
            {
                exact = false;
                break;
            }

            node = child;
        }

        return node;
    }
}

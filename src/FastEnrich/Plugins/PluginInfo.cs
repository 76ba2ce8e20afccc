namespace FastEnrich;

/// <summary>What is known of one plugin, at one moment. Immutable.</summary>
public sealed record PluginInfo
{
    /// <summary>Gets the plugin's description: metadata, schema of its configuration, what it needs and provides.</summary>
    public required PluginDescriptor Descriptor { get; init; }

    /// <summary>Gets how the plugin is.</summary>
    public required PluginStatus Status { get; init; }

    /// <summary>Gets its rank where results are merged; <see langword="null"/> while it does not run.</summary>
    public int? Priority { get; init; }

    /// <summary>Gets the plugin's name.</summary>
    public string Name => Descriptor.Name;

    /// <summary>Gets the plugin's metadata.</summary>
    public PluginMetadata Metadata => Descriptor.Metadata;
}

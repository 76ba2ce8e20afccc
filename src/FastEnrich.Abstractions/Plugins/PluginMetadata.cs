namespace FastEnrich;

/// <summary>What is known of a plugin without running it.</summary>
public sealed record PluginMetadata
{
    /// <summary>Gets the plugin's name, in kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the plugin's semantic version.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>Gets one sentence that says what the plugin fetches.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets who maintains the plugin.</summary>
    public string Author { get; init; } = "";

    /// <summary>Gets the plugin's home page.</summary>
    public string? Website { get; init; }

    /// <summary>Gets the plugin's licence.</summary>
    public string? License { get; init; }

    /// <summary>Gets what the plugin can deliver.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Gets the plugins that this one runs after, by name.</summary>
    public IReadOnlyList<string>? Dependencies { get; init; }

    /// <summary>Gets what the plugin's configuration must look like.</summary>
    public ConfigSchema ConfigSchema { get; init; } = ConfigSchema.Empty;

    /// <summary>Gets free words to find the plugin by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}

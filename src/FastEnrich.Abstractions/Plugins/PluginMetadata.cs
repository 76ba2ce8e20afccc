namespace FastEnrich;

/// <summary>What is known of a plugin without running it.</summary>
/// <remarks>The initialisers take <see langword="null"/> for "as when it is left out": that is what a reader of the wire hands them for a missing member.</remarks>
public sealed record PluginMetadata
{
    /// <summary>Gets the plugin's name, in kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the plugin's semantic version.</summary>
    public string Version { get; init => field = value ?? "1.0.0"; } = "1.0.0";

    /// <summary>Gets one sentence that says what the plugin fetches.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>Gets who maintains the plugin.</summary>
    public string Author { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the plugin's home page.</summary>
    public string? Website { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the plugin's licence.</summary>
    public string? License { get; init => field = Omit.Empty(value); }

    /// <summary>Gets what the plugin can deliver.</summary>
    public IReadOnlyList<string> Capabilities { get; init => field = value ?? []; } = [];

    /// <summary>Gets the plugins that this one runs after, by name.</summary>
    public IReadOnlyList<string>? Dependencies { get; init => field = Omit.Empty(value); }

    /// <summary>Gets what the plugin's configuration must look like.</summary>
    public ConfigSchema ConfigSchema { get; init => field = value ?? ConfigSchema.Empty; } = ConfigSchema.Empty;

    /// <summary>Gets free words to find the plugin by.</summary>
    public IReadOnlyList<string>? Tags { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the oldest engine that the plugin runs in, as a semantic version; <see langword="null"/> for any.</summary>
    public string? MinEngineVersion { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the newest engine that the plugin runs in, as a semantic version; <see langword="null"/> for any.</summary>
    public string? MaxEngineVersion { get; init => field = Omit.Empty(value); }
}

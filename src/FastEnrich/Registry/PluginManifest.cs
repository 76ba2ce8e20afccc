using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>What <c>plugin.json</c> says of a plugin. It describes and configures nothing. Immutable.</summary>
public sealed record PluginManifest
{
    /// <summary>The largest manifest, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Gets what every plugin has: name, version, description, author, website, licence, tags, capabilities, dependencies and configuration schema.</summary>
    /// <value>The dependencies here are names alone; <see cref="Dependencies"/> has their versions.</value>
    public required PluginMetadata Metadata { get; init; }

    /// <summary>Gets the plugin's name, in kebab-case.</summary>
    public string Name => Metadata.Name;

    /// <summary>Gets the plugin's version.</summary>
    public SemanticVersion Version { get; init; }

    /// <summary>Gets the plugins that must be known too.</summary>
    public IReadOnlyList<PluginDependency> Dependencies { get; init; } = [];

    /// <summary>Gets the oldest engine that runs the plugin; <see langword="null"/> for any.</summary>
    public SemanticVersion? MinEngineVersion { get; init; }

    /// <summary>Gets the newest engine that runs the plugin, itself included; <see langword="null"/> for any.</summary>
    public SemanticVersion? MaxEngineVersion { get; init; }

    /// <summary>Gets the checksum of the plugin's other files, as <c>sha256:</c> and 64 hexadecimal digits; <see langword="null"/> where there is none.</summary>
    public string? Checksum { get; init; }

    /// <summary>Reads a manifest. Nothing of it is trusted; every mistake is reported.</summary>
    /// <param name="json">The bytes of <c>plugin.json</c>.</param>
    /// <returns>The manifest, or what is wrong with it.</returns>
    public static ManifestReading Parse(ReadOnlyMemory<byte> json) => ManifestReader.Read(json);

    /// <summary>Makes the manifest of a plugin that is compiled in.</summary>
    /// <param name="descriptor">The plugin's descriptor.</param>
    /// <returns>The manifest.</returns>
    public static PluginManifest FromDescriptor(PluginDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        return new PluginManifest
        {
            Metadata = descriptor.Metadata,
            Version = SemanticVersion.TryParse(descriptor.Metadata.Version, out var version) ? version : default,
            MinEngineVersion = SemanticVersion.TryParse(descriptor.Metadata.MinEngineVersion, out var min) ? min : null,
            MaxEngineVersion = SemanticVersion.TryParse(descriptor.Metadata.MaxEngineVersion, out var max) ? max : null,
            Dependencies = [.. (descriptor.Metadata.Dependencies ?? []).Select(static name => new PluginDependency(name))],
        };
    }

    /// <summary>Writes the manifest as <c>plugin.json</c> holds it.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        ManifestWriter.WriteMembers(writer, this);
        writer.WriteEndObject();
    }

    /// <summary>Returns the bytes of <c>plugin.json</c>, indented.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] ToJson() => ManifestDocument.ToBytes(WriteTo);

    /// <summary>Says whether an engine runs the plugin.</summary>
    /// <param name="engine">The engine's version.</param>
    /// <returns>Whether it lies between <see cref="MinEngineVersion"/> and <see cref="MaxEngineVersion"/>, both included.</returns>
    public bool Runs(SemanticVersion engine) => (MinEngineVersion is not { } min || engine >= min) && (MaxEngineVersion is not { } max || engine <= max);
}

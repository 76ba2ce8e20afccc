using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>Writes the members of a manifest; the reader takes what it writes.</summary>
internal static class ManifestWriter
{
    public static void WriteMembers(Utf8JsonWriter writer, PluginManifest manifest)
    {
        var metadata = manifest.Metadata;
        writer.WriteString("name"u8, metadata.Name);
        writer.WriteString("version"u8, metadata.Version);
        writer.WriteString("description"u8, metadata.Description);
        writer.WriteString("author"u8, metadata.Author);
        WriteText(writer, "website", metadata.Website);
        WriteText(writer, "license", metadata.License);
        WriteList(writer, "capabilities", metadata.Capabilities);
        if (manifest.Dependencies.Count > 0)
        {
            WriteList(writer, "dependencies", manifest.Dependencies.Select(static dependency => dependency.ToString()));
        }

        writer.WritePropertyName("config_schema"u8);
        JsonSerializer.Serialize(writer, metadata.ConfigSchema, FastEnrichJsonContext.Default.ConfigSchema);
        if (metadata.Tags is { Count: > 0 } tags)
        {
            WriteList(writer, "tags", tags);
        }

        WriteText(writer, "min_engine_version", manifest.MinEngineVersion?.ToString());
        WriteText(writer, "max_engine_version", manifest.MaxEngineVersion?.ToString());
        WriteText(writer, "checksum", manifest.Checksum);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}

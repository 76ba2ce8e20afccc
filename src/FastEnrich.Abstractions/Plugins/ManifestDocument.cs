using System.Buffers;
using System.Text.Json;

namespace FastEnrich;

/// <summary>Writes <c>plugin.json</c>: for the engine at run time, and for builds that emit the documents of the plugins that they compile.</summary>
internal static class ManifestDocument
{
    /// <summary>Returns the document of a plugin that is compiled in.</summary>
    public static byte[] Of(PluginDescriptor descriptor) => ToBytes(writer =>
    {
        var metadata = descriptor.Metadata;
        writer.WriteStartObject();
        WriteMembers(writer, metadata, metadata.Dependencies ?? [], metadata.MinEngineVersion, metadata.MaxEngineVersion, checksum: null);
        writer.WriteEndObject();
    });

    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteMembers(
        Utf8JsonWriter writer, PluginMetadata metadata, IEnumerable<string> dependencies, string? minEngineVersion, string? maxEngineVersion, string? checksum)
    {
        writer.WriteString("name"u8, metadata.Name);
        writer.WriteString("version"u8, metadata.Version);
        writer.WriteString("description"u8, metadata.Description);
        writer.WriteString("author"u8, metadata.Author);
        WriteText(writer, "website", metadata.Website);
        WriteText(writer, "license", metadata.License);
        WriteList(writer, "capabilities", metadata.Capabilities);
        if (dependencies.Any())
        {
            WriteList(writer, "dependencies", dependencies);
        }

        writer.WritePropertyName("config_schema"u8);
        JsonSerializer.Serialize(writer, metadata.ConfigSchema, FastEnrichJsonContext.Default.ConfigSchema);
        if (metadata.Tags is { Count: > 0 } tags)
        {
            WriteList(writer, "tags", tags);
        }

        WriteText(writer, "min_engine_version", minEngineVersion);
        WriteText(writer, "max_engine_version", maxEngineVersion);
        WriteText(writer, "checksum", checksum);
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

using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>Writes the members of a manifest; the reader takes what it writes.</summary>
internal static class ManifestWriter
{
    public static void WriteMembers(Utf8JsonWriter writer, PluginManifest manifest) => ManifestDocument.WriteMembers(
        writer,
        manifest.Metadata,
        manifest.Dependencies.Select(static dependency => dependency.ToString()),
        manifest.MinEngineVersion?.ToString(),
        manifest.MaxEngineVersion?.ToString(),
        manifest.Checksum);
}

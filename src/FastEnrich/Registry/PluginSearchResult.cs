using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>One page of found plugins.</summary>
/// <param name="Total">How many were found, those on other pages included.</param>
/// <param name="Plugins">Those on this page.</param>
public sealed record PluginSearchResult(int Total, IReadOnlyList<PluginRegistryEntry> Plugins)
{
    /// <summary>Writes the page as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("total"u8, Total);
        writer.WriteStartArray("plugins"u8);
        foreach (var plugin in Plugins)
        {
            plugin.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

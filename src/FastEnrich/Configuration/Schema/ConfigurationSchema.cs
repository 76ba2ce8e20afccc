using System.Text;
using System.Text.Json;
using FastEnrich.Configuration.Schema;

namespace FastEnrich;

/// <summary>Writes the JSON Schema (draft 2020-12) of a whole <c>fastenrich.yaml</c>, so that editors complete and check it.</summary>
/// <remarks>
/// The schema asks for the plain spelling: keys in snake_case, numbers and flags without quotes. What it accepts the engine reads, but for what only a whole
/// configuration shows: required keys may come from the environment, and ranges of durations and sizes with a unit are checked when they are read.
/// </remarks>
public static class ConfigurationSchema
{
    /// <summary>Writes the schema.</summary>
    /// <param name="catalog">The known plugins; others are refused.</param>
    /// <returns>The schema as indented JSON.</returns>
    public static string Create(IEnumerable<PluginDescriptor> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            new SchemaWriter(json).Write(catalog);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}

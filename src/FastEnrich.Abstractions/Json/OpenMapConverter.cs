using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Reads a map of JSON of any shape, number text kept, and writes it without its white space.</summary>
internal sealed class OpenMapConverter : JsonConverter<IReadOnlyDictionary<string, JsonElement>>
{
    public override IReadOnlyDictionary<string, JsonElement>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an open map is a JSON object");
        }

        // One document for the whole map: a document per value costs several times the memory.
        var map = JsonElement.ParseValue(ref reader);
        var values = new Dictionary<string, JsonElement>(map.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var property in map.EnumerateObject())
        {
            values[property.Name] = property.Value;
        }

        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, JsonElement> value, JsonSerializerOptions options) => Write(writer, value);

    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, JsonElement> value)
    {
        writer.WriteStartObject();
        if (value is Dictionary<string, JsonElement> known)
        {
            foreach (var (name, element) in known)
            {
                Write(writer, name, element);
            }
        }
        else
        {
            foreach (var (name, element) in value)
            {
                Write(writer, name, element);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement element)
    {
        writer.WritePropertyName(name);
        element.WriteTo(writer); // not its raw text: that may hold line feeds, and a profile is one line
    }
}

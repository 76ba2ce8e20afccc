using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

/// <summary>Converts <see cref="object"/> by its type, and <see cref="ConvertedByObject"/> by what it says of itself.</summary>
internal sealed class ObjectConverter : JsonConverter<object>
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(ConvertedByObject);

    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new ConvertedByObject(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => writer.WriteStringValue(((ConvertedByObject)value).Text);
}

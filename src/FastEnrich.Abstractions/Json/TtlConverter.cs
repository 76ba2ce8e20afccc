using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Writes a ttl as <see cref="NanosecondsConverter"/> does, and one that nobody has set yet as 0: the wire always has a ttl.</summary>
internal sealed class TtlConverter : JsonConverter<TimeSpan?>
{
    public override bool HandleNull => true;

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : NanosecondsConverter.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options) =>
        NanosecondsConverter.Write(writer, value.GetValueOrDefault());
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Writes durations as whole nanoseconds and reads them truncated to 100 ns, the resolution of <see cref="TimeSpan"/>.</summary>
internal sealed class NanosecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var nanoseconds)
            ? new TimeSpan(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new JsonException("a duration is a whole number of nanoseconds");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        // Checked: 292 years of nanoseconds fit; a TimeSpan beyond that must not wrap around silently.
        writer.WriteNumberValue(checked(value.Ticks * TimeSpan.NanosecondsPerTick));
    }
}

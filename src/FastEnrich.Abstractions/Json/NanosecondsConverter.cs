using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Writes durations as whole nanoseconds and reads them truncated to 100 ns, the resolution of <see cref="TimeSpan"/>.</summary>
internal sealed class NanosecondsConverter : JsonConverter<TimeSpan>
{
    // 292 years.
    private const long MaxTicks = long.MaxValue / TimeSpan.NanosecondsPerTick;

    public static bool Fits(TimeSpan value) => value.Ticks is >= -MaxTicks and <= MaxTicks;

    public static TimeSpan Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var nanoseconds)
            ? new TimeSpan(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new JsonException("a duration is a whole number of nanoseconds that fits 64 bits");

    public static void Write(Utf8JsonWriter writer, TimeSpan value) =>
        writer.WriteNumberValue(Fits(value)
            ? value.Ticks * TimeSpan.NanosecondsPerTick
            : throw new OverflowException("a duration on the wire is at most 292 years, what 64 bits of nanoseconds hold"));

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => Write(writer, value);
}

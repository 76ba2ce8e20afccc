using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Samples;

public class PayloadBase
{
    public string Inherited { get; init; } = "base";

    [JsonPropertyOrder(-1)]
    public int First { get; set; }
}

public sealed class SamplePayload : PayloadBase
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    public string? Name { get; set; }

    public string Default { get; init; } = "kept";

    public List<string> Tags { get; init; } = ["default"];

    public IReadOnlyList<SampleItem>? Items { get; init; }

    public SampleItem[] Array { get; set; } = [];

    public Dictionary<string, JsonElement?> Properties { get; init; } = [];

    public IReadOnlyDictionary<string, SampleItem>? ByName { get; init; }

    public SampleColor Color { get; set; }

    public SampleSize Size { get; set; }

    public SampleSize? MaybeSize { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter<SampleColor>))]
    public SampleColor ColorText { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter<SampleColor>))]
    public SampleColor? MaybeColorText { get; set; }

    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan Elapsed { get; init; }

    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? MaybeElapsed { get; init; }

    [JsonIgnore]
    public string Ignored { get; set; } = "ignored";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WhenNull { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WhenDefault { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Lenient { get; set; }

    public SampleScalars Scalars { get; set; } = new();

    public SamplePositional? Positional { get; set; }

    public SamplePoint Point { get; set; }

    public SamplePoint? MaybePoint { get; set; }

    public SamplePage<SampleItem>? Page { get; set; }

    public HashSet<int>? Set { get; set; }

    public SamplePayload? Child { get; set; }

    public int ReadOnly => 7;

    public string PrivatelySet { get; private set; } = "private";
}

public sealed record SampleItem
{
    public required int Number { get; init; }

    public string Text { get; init; } = "text";
}

public sealed record SamplePositional(string Name, int Age = 5, SampleSize Size = SampleSize.Large)
{
    public string Extra { get; init; } = "extra";

    public required string Needed { get; init; }
}

public struct SamplePoint
{
    public int X { get; set; }

    public int Y { get; init; }
}

public sealed class SamplePage<T>
{
    public List<T> Results { get; set; } = [];

    public string? After { get; set; }
}

public enum SampleColor
{
    Red,
    DarkBlue,
}

[JsonConverter(typeof(JsonStringEnumConverter<SampleSize>))]
public enum SampleSize
{
    Small,
    [JsonStringEnumMemberName("very_large")] Large,
}

public sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}

public sealed class SampleScalars
{
    public bool Bool { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public Int128 Huge { get; set; }

    public Half Half { get; set; }

    public float Float { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public char Char { get; set; } = 'c';

    public byte[]? Bytes { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset Offset { get; set; }

    public DateOnly Date { get; set; }

    public TimeOnly Time { get; set; }

    public TimeSpan Span { get; set; }

    public Guid Guid { get; set; }

    public Uri? Uri { get; set; }

    public JsonElement Element { get; set; } = JsonDocument.Parse("{}").RootElement;

    public int? Nullable { get; set; }
}

public sealed class SnakePayload
{
    public string? FirstName { get; init; }

    public int HTTPStatus { get; init; } = 200;
}

using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Every supported member on a record, init-only.</summary>
public sealed record ParityRecord
{
    public bool Bool { get; init; }

    public byte Byte { get; init; }

    public sbyte SByte { get; init; }

    public short Short { get; init; }

    public ushort UShort { get; init; }

    public int Int { get; init; }

    public uint UInt { get; init; }

    public long Long { get; init; }

    public ulong ULong { get; init; }

    public Int128 Huge { get; init; }

    public UInt128 UHuge { get; init; }

    public Half Half { get; init; }

    public float Float { get; init; }

    public double Double { get; init; }

    public decimal Decimal { get; init; }

    public char Char { get; init; }

    public string? Text { get; init; }

    public DateTime DateTime { get; init; }

    public DateTimeOffset Offset { get; init; }

    public DateOnly Date { get; init; }

    public TimeOnly Time { get; init; }

    public TimeSpan Span { get; init; }

    public Guid Guid { get; init; }

    public Uri? Uri { get; init; }

    public Version? Version { get; init; }

    public byte[]? Bytes { get; init; }

    public JsonElement Element { get; init; }

    public SampleColor Color { get; init; }

    public SampleSize Size { get; init; }

    public int? MaybeInt { get; init; }

    public DateTimeOffset? MaybeOffset { get; init; }

    public SampleColor? MaybeColor { get; init; }

    public SampleSize? MaybeSize { get; init; }

    public ParityPoint Point { get; init; }

    public ParityPoint? MaybePoint { get; init; }

    public int[]? Array { get; init; }

    public List<string?>? List { get; init; }

    public IList<long>? IList { get; init; }

    public ICollection<bool>? Collection { get; init; }

    public IReadOnlyList<ParityPoint>? ReadOnlyList { get; init; }

    public IReadOnlyCollection<double?>? ReadOnlyCollection { get; init; }

    public IEnumerable<Guid>? Enumerable { get; init; }

    public HashSet<int>? HashSet { get; init; }

    public ISet<string>? Set { get; init; }

    public Dictionary<string, int>? Dictionary { get; init; }

    public IDictionary<string, string?>? IDictionary { get; init; }

    public IReadOnlyDictionary<string, ParityPoint?>? ReadOnlyDictionary { get; init; }

    public List<Dictionary<string, int[]>>? Nested { get; init; }

    [JsonPropertyName("re named/\u00e9\"")]
    public int Renamed { get; init; }

    [JsonIgnore]
    public string? Ignored { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WhenNull { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WhenDefault { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Never { get; init; }

    [JsonPropertyOrder(-5)]
    public int First { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public int Lenient { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double Named { get; init; }

    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan Seconds { get; init; }

    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? MaybeSeconds { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<SampleColor>))]
    public SampleColor ColorText { get; init; }

    [JsonRequired]
    public int Required { get; init; }

    public ParityRecord? Self { get; init; }
}

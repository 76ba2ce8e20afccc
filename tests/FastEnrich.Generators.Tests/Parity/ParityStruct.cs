using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Every supported member on a struct.</summary>
public struct ParityStruct
{
    public bool Bool { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public int Int { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public Int128 Huge { get; set; }

    public UInt128 UHuge { get; set; }

    public Half Half { get; set; }

    public float Float { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public char Char { get; set; }

    public string? Text { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset Offset { get; set; }

    public DateOnly Date { get; set; }

    public TimeOnly Time { get; set; }

    public TimeSpan Span { get; set; }

    public Guid Guid { get; set; }

    public Uri? Uri { get; set; }

    public Version? Version { get; set; }

    public byte[]? Bytes { get; set; }

    public JsonElement Element { get; set; }

    public SampleColor Color { get; set; }

    public SampleSize Size { get; set; }

    public int? MaybeInt { get; set; }

    public DateTimeOffset? MaybeOffset { get; set; }

    public SampleColor? MaybeColor { get; set; }

    public SampleSize? MaybeSize { get; set; }

    public ParityPoint Point { get; set; }

    public ParityPoint? MaybePoint { get; set; }

    public int[]? Array { get; set; }

    public List<string?>? List { get; set; }

    public IList<long>? IList { get; set; }

    public ICollection<bool>? Collection { get; set; }

    public IReadOnlyList<ParityPoint>? ReadOnlyList { get; set; }

    public IReadOnlyCollection<double?>? ReadOnlyCollection { get; set; }

    public IEnumerable<Guid>? Enumerable { get; set; }

    public HashSet<int>? HashSet { get; set; }

    public ISet<string>? Set { get; set; }

    public Dictionary<string, int>? Dictionary { get; set; }

    public IDictionary<string, string?>? IDictionary { get; set; }

    public IReadOnlyDictionary<string, ParityPoint?>? ReadOnlyDictionary { get; set; }

    public List<Dictionary<string, int[]>>? Nested { get; set; }

    [JsonPropertyName("re named/\u00e9\"")]
    public int Renamed { get; set; }

    [JsonIgnore]
    public string? Ignored { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WhenNull { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WhenDefault { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Never { get; set; }

    [JsonPropertyOrder(-5)]
    public int First { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public int Lenient { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double Named { get; set; }

    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan Seconds { get; set; }

    [JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? MaybeSeconds { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter<SampleColor>))]
    public SampleColor ColorText { get; set; }

    [JsonRequired]
    public int Required { get; set; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Samples;

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

    [JsonInclude]
    public int Field = 3;

    [JsonInclude]
    internal string? Internal { get; set; }

    public int Unseen = 5;

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

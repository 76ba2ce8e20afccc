using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Samples;

public sealed class SamplePage<T>
{
    public List<T> Results { get; set; } = [];

    public string? After { get; set; }

    public T? First { get; init; }

    [JsonInclude]
    public int Total { get; internal set; } = -1;
}

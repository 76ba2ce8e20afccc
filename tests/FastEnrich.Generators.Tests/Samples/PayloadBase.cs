using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Samples;

public class PayloadBase
{
    public string Inherited { get; init; } = "base";

    [JsonPropertyOrder(-1)]
    public int First { get; set; }
}

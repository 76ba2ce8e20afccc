using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Samples;

[JsonConverter(typeof(JsonStringEnumConverter<SampleSize>))]
public enum SampleSize
{
    Small,
    [JsonStringEnumMemberName("very_large")] Large,
}

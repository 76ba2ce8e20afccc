using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

internal sealed class ConvertedMember
{
    [JsonConverter(typeof(ObjectConverter))]
    public ConvertedByObject? Member { get; set; }
}

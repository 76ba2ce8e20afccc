using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Types that keep what no member has the name of.</summary>
public static class ParityExtended
{
    public sealed class ExtendedClass
    {
        public int Known { get; set; }

        [JsonIgnore]
        public int Ignored { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; set; }
    }

    public sealed record ExtendedRecord(int Known)
    {
        [JsonExtensionData]
        public IDictionary<string, JsonElement>? Rest { get; set; }
    }

    public struct ExtendedStruct
    {
        public int Known { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; set; }
    }
}

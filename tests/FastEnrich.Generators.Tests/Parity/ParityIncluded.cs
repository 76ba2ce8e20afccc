using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Members that take part because they say so.</summary>
public static class ParityIncluded
{
    public sealed class IncludedClass
    {
        [JsonInclude]
        public string? Field;

        [JsonInclude]
        internal int InternalField;

        public int Plain; // a field that does not say so

        [JsonInclude]
        internal int Internal { get; set; }

        [JsonInclude]
        internal int Init { get; init; }

        [JsonInclude, JsonPropertyName("renamed")]
        internal int? Renamed { get; set; }

        internal int NotIncluded { get; set; }
    }

    public sealed record IncludedRecord
    {
        [JsonInclude]
        public string? Field;

        [JsonInclude]
        internal int Internal { get; init; }

        [JsonInclude]
        internal int Init { get; init; }
    }

    public struct IncludedStruct
    {
        [JsonInclude]
        public string? Field;

        [JsonInclude]
        internal int InternalField;

        [JsonInclude]
        internal int Internal { get; set; }

        [JsonInclude]
        internal int Init { get; init; }
    }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Names for policies to work on.</summary>
public static class ParityNamed
{
    /// <summary>What leads to all of them.</summary>
    public sealed record NamedAll(NamedClass? Class, NamedRecord? Record, NamedStruct Struct);

    public sealed class NamedClass
    {
        public string? FirstName { get; set; }

        public int HTTPStatusCode { get; set; }

        public int URL2Path { get; set; }

        public int ID { get; set; }

        public int A { get; set; }

        public int snake_case { get; set; }

        public int _underscore { get; set; }

        [JsonPropertyName("As-Is")]
        public int Given { get; set; }

        public Dictionary<string, int>? ByName { get; set; }
    }

    public sealed record NamedRecord(string? FirstName, int HTTPStatusCode, [property: JsonPropertyName("As-Is")] int Given);

    public struct NamedStruct
    {
        public string? FirstName { get; set; }

        public int HTTPStatusCode { get; init; }
    }
}

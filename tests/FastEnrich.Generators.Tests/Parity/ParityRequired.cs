using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Members that must be sent, and members that may be null or not.</summary>
public static class ParityRequired
{
    public sealed class RequiredClass
    {
        public required string Name { get; set; }

        public required int Count { get; init; }

        public required string? Maybe { get; init; }

        [JsonRequired]
        public ParityPoint Point { get; init; }

        public string NotNull { get; set; } = "";

        public List<string>? Tags { get; init; }
    }

    public sealed record RequiredRecord
    {
        public required string Name { get; set; }

        public required int Count { get; init; }

        public required string? Maybe { get; init; }

        [JsonRequired]
        public ParityPoint Point { get; init; }

        public string NotNull { get; set; } = "";

        public List<string>? Tags { get; init; }
    }

    public struct RequiredStruct
    {
        public required string Name { get; set; }

        public required int Count { get; init; }

        public required string? Maybe { get; init; }

        [JsonRequired]
        public ParityPoint Point { get; init; }

        public string NotNull { get; set; }

        public List<string>? Tags { get; init; }
    }
}

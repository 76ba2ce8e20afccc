using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Types on which the two generators differ.</summary>
public static class ParityDifferent
{
    public sealed class Initialised
    {
        public string Stage { get; init; } = "new";

        public int Count { get; init; } = 3;
    }

    public sealed record Chained(string Name, int Size = 7)
    {
        [JsonConstructor]
        public Chained(string name)
            : this(name, 8)
        {
        }
    }

    public sealed class PrivatelySet
    {
        [JsonInclude]
        public string Id { get; private set; } = "none";
    }

    public sealed class Fixed
    {
        [JsonInclude]
        public readonly int Value = 4;
    }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public sealed class FilledBeside
    {
        public List<int> Numbers { get; } = [1];

        public string? Name { get; init; }
    }

    public sealed class Fields
    {
        public int Number = 1;
    }

    public sealed class Mistaken
    {
        public required string Name { get; init; }

        public int Number { get; set; }
    }

    public sealed class Binary
    {
        public byte[]? Bytes { get; set; }
    }

    public sealed class Unread
    {
        public string? Name { get; init; }

        public int Computed => 3;
    }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Attributes of whole types: lenient numbers, strict members, members that are filled.</summary>
public static class ParityHandled
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public class HandledClass
    {
        public int Number { get; set; }

        public double? Maybe { get; set; }

        public List<long>? Numbers { get; set; }

        public Dictionary<string, decimal>? Prices { get; set; }

        [JsonNumberHandling(JsonNumberHandling.Strict)]
        public int Strict { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record HandledRecord(int Number)
    {
        public string? Text { get; init; }

        [JsonIgnore]
        public int Ignored { get; init; }
    }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public struct HandledStruct
    {
        public double Number { get; set; }

        public float[]? Numbers { get; set; }
    }

    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public sealed class HandledFilled
    {
        public List<int> Numbers { get; } = [1];

        public Dictionary<string, int> ByName { get; } = new() { ["a"] = 1 };

        public HandledClass Inner { get; } = new() { Number = 5 };

        [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)]
        public List<int> Replaced { get; set; } = [1];
    }

    public sealed class HandledMember
    {
        [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
        public ICollection<string> Filled { get; } = ["a"];

        public ICollection<string> Kept { get; } = ["b"];
    }
}

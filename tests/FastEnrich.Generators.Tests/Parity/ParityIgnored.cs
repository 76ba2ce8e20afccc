using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Members that are left out, on every condition.</summary>
public static class ParityIgnored
{
    public sealed class IgnoredClass
    {
        [JsonIgnore]
        public int Always { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
        public int OnlyRead { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)]
        public string? OnlyWritten { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Null { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public string? DefaultText { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int? DefaultMaybe { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public SampleColor DefaultEnum { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public ParityKey DefaultStruct { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public List<int>? NullList { get; set; }

        public int Computed => 3;

        public string? Unreadable { private get; set; }

        public string? Unsettable { get; private set; }
    }

    public sealed record IgnoredRecord
    {
        [JsonIgnore]
        public int Always { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
        public int OnlyRead { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Null { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public ParityKey DefaultStruct { get; init; }

        public int Computed => 3;
    }

    public struct IgnoredStruct
    {
        [JsonIgnore]
        public int Always { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
        public int OnlyRead { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)]
        public string? OnlyWritten { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Null { get; set; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public double DefaultReal { get; set; }
    }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Members that bases have, override, hide and ignore.</summary>
public static class ParityInherited
{
    public abstract class InheritedRoot<T>
    {
        public T? Generic { get; init; }

        public virtual int Virtual { get; set; }

        public virtual string? VirtualIgnored { get; set; }

        public abstract string? Abstract { get; set; }

        [JsonPropertyOrder(-1)]
        public int Early { get; set; }

        public int Hidden { get; set; }

        public int HiddenByIgnored { get; set; }

        [JsonIgnore]
        public int IgnoredHere { get; set; }

        public int ReadOnlyHere { get; set; } // hidden by a member that cannot be set
    }

    public class InheritedMiddle : InheritedRoot<List<int>>
    {
        public override int Virtual { get; set; }

        public override string? Abstract { get; set; }

        [JsonPropertyName("hiddenRenamed")]
        public new string? Hidden { get; set; }

        [JsonIgnore]
        public new int HiddenByIgnored { get; set; }

        public new int IgnoredHere { get; set; }

        [JsonInclude]
        internal int Internal { get; init; }

        [JsonInclude]
        public int Field;
    }

    public sealed class InheritedClass : InheritedMiddle
    {
        public int Own { get; set; }

        [JsonIgnore]
        public override string? VirtualIgnored { get; set; }

        public new int ReadOnlyHere => 4;

        private new int Virtual { get; set; }
    }

    public record InheritedBaseRecord(string Name, int Number)
    {
        public virtual string? Extra { get; init; }
    }

    public sealed record InheritedRecord(string Name, int Number, bool Flag) : InheritedBaseRecord(Name, Number)
    {
        public override string? Extra { get; init; }

        public int Own { get; init; }
    }
}

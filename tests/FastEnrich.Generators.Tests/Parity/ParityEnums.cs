using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Enums of every size, as numbers and as texts.</summary>
public static class ParityEnums
{
    public enum Tiny : sbyte
    {
        Low = sbyte.MinValue,
        Zero = 0,
    }

    public enum Huge : ulong
    {
        None,
        Most = ulong.MaxValue,
    }

    [Flags]
    [JsonConverter(typeof(JsonStringEnumConverter<Rights>))]
    public enum Rights
    {
        None = 0,
        [JsonStringEnumMemberName("r")] Read = 1,
        [JsonStringEnumMemberName("w w")] Write = 2,
        All = 3,
    }

    public sealed class EnumsClass
    {
        public Tiny Tiny { get; set; }

        public Huge Huge { get; set; }

        public Rights Rights { get; set; }

        public Rights? Maybe { get; set; }

        [JsonConverter(typeof(JsonStringEnumConverter<Huge>))]
        public Huge? Text { get; set; }

        public List<Rights>? Many { get; set; }

        public Dictionary<string, Tiny?>? ByName { get; set; }
    }

    public sealed record EnumsRecord(Tiny Tiny, Huge Huge, Rights Rights, Rights? Maybe, [property: JsonConverter(typeof(JsonStringEnumConverter<Huge>))] Huge? Text, List<Rights>? Many, Dictionary<string, Tiny?>? ByName);

    public struct EnumsStruct
    {
        public Tiny Tiny { get; set; }

        public Huge Huge { get; set; }

        public Rights Rights { get; init; }

        public Rights? Maybe { get; set; }

        [JsonConverter(typeof(JsonStringEnumConverter<Huge>))]
        public Huge? Text { get; set; }

        public List<Rights>? Many { get; set; }

        public Dictionary<string, Tiny?>? ByName { get; set; }
    }
}

using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Constructors that are chosen, with defaults of every kind, and members beside their parameters.</summary>
public static class ParityConstructed
{
    public sealed class ConstructedClass
    {
        public ConstructedClass()
            : this("unused")
        {
        }

        [JsonConstructor]
        internal ConstructedClass(
            string name,
            int number = -5,
            string? text = "a\"\u00e9",
            char letter = '\'',
            bool flag = true,
            double real = double.NegativeInfinity,
            float small = 1.5f,
            decimal money = 1.10m,
            long @long = long.MinValue,
            SampleColor color = SampleColor.DarkBlue,
            int? maybe = 3,
            SampleColor? maybeColor = null,
            Guid guid = default,
            List<int>? list = null) =>
            (Name, Number, Text, Letter, Flag, Real, Small, Money, Long, Color, Maybe, MaybeColor, Guid, List) =
            (name, number, text, letter, flag, real, small, money, @long, color, maybe, maybeColor, guid, list);

        public string Name { get; }

        public int Number { get; }

        public string? Text { get; }

        public char Letter { get; }

        public bool Flag { get; }

        [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
        public double Real { get; }

        public float Small { get; }

        public decimal Money { get; }

        public long Long { get; }

        public SampleColor Color { get; }

        public int? Maybe { get; }

        public SampleColor? MaybeColor { get; }

        public Guid Guid { get; }

        public List<int>? List { get; }

        public string? Beside { get; set; }

        public int Computed => Number + 1;
    }

    [method: JsonConstructor]
    public sealed record ConstructedRecord(string Name, int Number = 7, string? Text = null, SampleSize Size = SampleSize.Large, bool Flag = false, ParityPoint Point = default, double? Maybe = 2.5)
    {
        public ConstructedRecord(int number)
            : this("short", number)
        {
        }

        public ConstructedRecord(string name, string? text, int number = 8)
            : this(name, number, text)
        {
        }

        public string? Beside { get; init; }
    }

    public readonly struct ConstructedStruct
    {
        [JsonConstructor]
        public ConstructedStruct(string name, int number = 9, bool? flag = true) => (Name, Number, Flag) = (name, number, flag);

        public string Name { get; }

        public int Number { get; }

        public bool? Flag { get; }

        public string? Beside { get; init; }
    }
}

using System.Text.Json;
using CsCheck;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Random values of every member that JSON can hold.</summary>
internal static class RandomValues
{
    private static readonly Gen<string?> s_text = Gen.OneOf(
        Gen.Const((string?)null),
        Gen.String[Gen.Char.AlphaNumeric, 0, 12].Select(static text => (string?)text),
        Gen.String[Gen.Char['\u0000', '\uFFFF'], 0, 8].Select(static text => (string?)text)); // lone surrogates, too

    private static readonly Gen<string> s_key = Gen.String[Gen.Char['\u0000', '\u2FFF'], 0, 5];

    private static readonly Gen<ParityPoint> s_point = Gen.Select(Gen.Int, s_text, static (x, y) => new ParityPoint { X = x, Y = y });

    private static readonly string[] s_elements = ["null", "[]", "{}", "1e400", "\"\\ud83d\\ude00\"", "{\"a\":[1,{\"b\":null}],\"a\":2}", "[ 1 , true ]"];

    private static readonly Gen<JsonElement> s_element = Gen.Int[0, s_elements.Length - 1].Select(static i => JsonSerializer.Deserialize(s_elements[i], ParityReference.Default.JsonElement));

    private static readonly Gen<SampleColor> s_color = Gen.Int[-1, 3].Select(static value => (SampleColor)value);

    private static readonly Gen<SampleSize> s_size = Gen.Int[0, 1].Select(static value => (SampleSize)value);

    private static readonly Gen<Action<ParityClass>> s_numbers = Gen.Select(
        Gen.Select(Gen.Bool, Gen.Byte, Gen.SByte, Gen.Short, Gen.UShort, Gen.Int),
        Gen.Select(Gen.UInt, Gen.Long, Gen.ULong, Gen.Float[-1e30f, 1e30f], Gen.Double[-1e300, 1e300], Gen.Decimal),
        Gen.Select(Gen.Int, Gen.Int[0, 3], Gen.Int, Gen.Int, Gen.Int.Nullable(), Gen.Double[-1e300, 1e300]),
        static (small, large, rest) => (Action<ParityClass>)(value =>
        {
            (value.Bool, value.Byte, value.SByte, value.Short, value.UShort, value.Int) = small;
            (value.UInt, value.Long, value.ULong, value.Float, value.Double, value.Decimal) = large;
            (value.Renamed, value.WhenDefault, value.First, value.Lenient, value.Never, value.Named) = rest;
            value.Huge = (Int128)value.Long * value.Long * (value.Bool ? 1 : -1);
            value.UHuge = (UInt128)value.ULong * value.ULong;
            value.Half = (Half)(value.Long % 60_000);
            value.Required = value.Int;
        }));

    private static readonly Gen<Action<ParityClass>> s_texts = Gen.Select(
        Gen.Select(Gen.Char.AlphaNumeric, s_text, s_text, Gen.Byte.Array[0, 20].Null(), s_element, Gen.Guid),
        Gen.Select(Gen.DateTime, Gen.DateTimeOffset, Gen.DateOnly, Gen.TimeSpan, Gen.DateTimeOffset.Nullable(), Gen.Int[0, 9].Nullable()),
        static (text, time) => (Action<ParityClass>)(value =>
        {
            (value.Char, value.Text, value.WhenNull, value.Bytes, value.Element, value.Guid) = text;
            (value.DateTime, value.Offset, value.Date, value.Span, value.MaybeOffset, value.MaybeInt) = time;
            value.Time = TimeOnly.FromTimeSpan(TimeSpan.FromTicks(Math.Abs(value.Span.Ticks % TimeSpan.TicksPerDay)));
            value.Uri = value.MaybeInt is { } number ? new Uri($"https://example.com/{number}?q=\u00e4&b=<>") : null;
            value.Version = value.MaybeInt is { } major ? new Version(major, 2, 3) : null;
            value.Seconds = TimeSpan.FromSeconds(value.MaybeInt ?? 0);
            value.MaybeSeconds = value.MaybeInt is null ? null : value.Seconds;
        }));

    private static readonly Gen<Action<ParityClass>> s_structures = Gen.Select(
        Gen.Select(s_color, s_size, s_color.Nullable(), s_size.Nullable(), s_point, s_point.Nullable()),
        Gen.Select(Gen.Int.Array[0, 4].Null(), s_text.List[0, 4].Null(), Gen.Long.List[0, 4].Null(), Gen.Bool.List[0, 4].Null(), s_point.List[0, 3].Null(), Gen.Double[-10, 10].Nullable().List[0, 4].Null()),
        Gen.Select(Gen.Guid.List[0, 3].Null(), Gen.Int.HashSet[0, 4].Null(), s_key.HashSet[0, 4].Null(), Gen.Dictionary(s_key, Gen.Int)[0, 4].Null(), Gen.Dictionary(s_key, s_text)[0, 4].Null(), Gen.Dictionary(s_key, s_point.Nullable())[0, 3].Null()),
        Gen.Dictionary(s_key, Gen.Int.Array[0, 3])[0, 2].List[0, 2].Null(),
        static (one, many, keyed, nested) => (Action<ParityClass>)(value =>
        {
            (value.Color, value.Size, value.MaybeColor, value.MaybeSize, value.Point, value.MaybePoint) = one;
            value.ColorText = value.Color;
            (value.Array, value.List, value.IList, value.Collection) = (many.Item1, many.Item2, many.Item3, many.Item4);
            (value.ReadOnlyList, value.ReadOnlyCollection) = (many.Item5, many.Item6);
            (value.Enumerable, value.HashSet, value.Set) = (keyed.Item1, keyed.Item2, keyed.Item3);
            (value.Dictionary, value.IDictionary, value.ReadOnlyDictionary) = (keyed.Item4, keyed.Item5, keyed.Item6);
            value.Nested = nested;
        }));

    public static readonly Gen<ParityClass> Class = Gen.Select(s_numbers, s_texts, s_structures, Gen.Bool, static (numbers, texts, structures, nests) =>
    {
        var value = new ParityClass();
        numbers(value);
        texts(value);
        structures(value);
        if (nests)
        {
            value.Self = new ParityClass { Element = value.Element };
            numbers(value.Self);
        }

        return value;
    });
}

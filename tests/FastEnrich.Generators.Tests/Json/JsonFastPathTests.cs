using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Json;

/// <summary>The way straight to the writer gives the bytes of the way through metadata, which are System.Text.Json's.</summary>
public sealed class JsonFastPathTests
{
    private static readonly SamplePluginJsonContext s_metadata = new(new JsonSerializerOptions { Converters = { new NeverUsedConverter() } }); // a converter turns the fast path off

    private static readonly Gen<string?> s_text = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(static text => (string?)text), Gen.String[Gen.Char['\u0000', '\uFFFF'], 0, 20].Select(static text => (string?)text));

    private static readonly Gen<SampleItem> s_item = Gen.Select(Gen.Int, s_text, static (number, text) => new SampleItem { Number = number, Text = text! });

    private static readonly Gen<SampleScalars> s_scalars = Gen.Select(
        Gen.Select(Gen.Bool, Gen.Byte, Gen.SByte, Gen.Short, Gen.UShort, Gen.UInt),
        Gen.Select(Gen.Long, Gen.ULong, Gen.Float[-1e30f, 1e30f], Gen.Double[-1e300, 1e300], Gen.Decimal, Gen.Char.AlphaNumeric),
        Gen.Select(Gen.Byte.Array.Null(), Gen.DateTime, Gen.DateTimeOffset, Gen.DateOnly, Gen.TimeSpan, Gen.Guid),
        Gen.Int.Nullable(),
        static (small, large, rest, maybe) => new SampleScalars
        {
            Bool = small.Item1,
            Byte = small.Item2,
            SByte = small.Item3,
            Short = small.Item4,
            UShort = small.Item5,
            UInt = small.Item6,
            Long = large.Item1,
            ULong = large.Item2,
            Huge = (Int128)large.Item1 * large.Item1,
            Half = (Half)(large.Item1 % 1000),
            Float = large.Item3,
            Double = large.Item4,
            Decimal = large.Item5,
            Char = large.Item6,
            Bytes = rest.Item1,
            DateTime = rest.Item2,
            Offset = rest.Item3,
            Date = rest.Item4,
            Time = TimeOnly.FromTimeSpan(TimeSpan.FromTicks(Math.Abs(rest.Item5.Ticks % TimeSpan.TicksPerDay))),
            Span = rest.Item5,
            Guid = rest.Item6,
            Uri = maybe is null ? null : new Uri($"https://example.com/{maybe}?q=ä&b=<>"),
            Nullable = maybe,
        });

    [Fact]
    public void SerializeHandler_TypesWithoutConvertersOfMembers_IsThere()
    {
        Assert.NotNull(SamplePluginJsonContext.Default.SampleScalars.SerializeHandler);
        Assert.NotNull(SamplePluginJsonContext.Default.SampleItem.SerializeHandler);
        Assert.NotNull(SamplePluginJsonContext.Default.SampleItemArray.SerializeHandler);
        Assert.NotNull(SamplePluginJsonContext.Default.SamplePoint.SerializeHandler);
        Assert.Null(SamplePluginJsonContext.Default.SamplePayload.SerializeHandler); // members with converters and number handling
    }

    [Fact]
    public void Write_AnyScalars_EqualsMetadataAndSystemTextJson() =>
        s_scalars.Sample(value => AssertSame(value, static c => c.SampleScalars, ReferenceContext.Default.SampleScalars), iter: 20_000);

    [Fact]
    public void Write_AnyText_EqualsMetadataAndSystemTextJson() =>
        s_item.Sample(value => AssertSame(value, static c => c.SampleItem, ReferenceContext.Default.SampleItem), iter: 20_000);

    [Fact]
    public void Write_AnyPage_EqualsMetadataAndSystemTextJson() =>
        Gen.Select(s_item.Null().List, s_text).Sample(
            page => AssertSame(new SamplePage<SampleItem> { Results = page.Item1!, After = page.Item2 }, static c => c.SamplePageSampleItem, ReferenceContext.Default.SamplePageSampleItem),
            iter: 5_000);

    [Fact]
    public void Write_AnyDictionary_EqualsMetadataAndSystemTextJson() =>
        Gen.Dictionary(Gen.String, s_item).Sample(
            value => AssertSame((IReadOnlyDictionary<string, SampleItem>)value, static c => c.IReadOnlyDictionaryStringSampleItem, ReferenceContext.Default.IReadOnlyDictionaryStringSampleItem),
            iter: 5_000);

    [Fact]
    public void Write_AnyRecordWithConstructor_EqualsMetadataAndSystemTextJson() =>
        Gen.Select(s_text, Gen.Int, Gen.Bool).Sample(
            value => AssertSame(
                new SamplePositional(value.Item1!, value.Item2, value.Item3 ? SampleSize.Small : SampleSize.Large) { Needed = value.Item1! },
                static c => c.SamplePositional,
                ReferenceContext.Default.SamplePositional),
            iter: 5_000);

    [Fact]
    public void Write_AnyStruct_EqualsMetadataAndSystemTextJson() =>
        Gen.Select(Gen.Int, Gen.Int).Sample(
            value => AssertSame(new SamplePoint { X = value.Item1, Y = value.Item2 }, static c => c.SamplePoint, ReferenceContext.Default.SamplePoint),
            iter: 5_000);

    [Fact]
    public void Write_NotANumber_ThrowsAsSystemTextJson() =>
        Assert.ThrowsAny<ArgumentException>(() => JsonSerializer.Serialize(new SampleScalars { Double = double.NaN }, SamplePluginJsonContext.Default.SampleScalars));

    [Fact]
    public void Write_Indented_EqualsMetadata()
    {
        var fast = new SamplePluginJsonContext(new JsonSerializerOptions { WriteIndented = true });
        var metadata = new SamplePluginJsonContext(new JsonSerializerOptions { WriteIndented = true, Converters = { new NeverUsedConverter() } });

        Assert.Equal(
            JsonSerializer.Serialize(new SampleScalars(), metadata.SampleScalars),
            JsonSerializer.Serialize(new SampleScalars(), fast.SampleScalars));
    }

    private static void AssertSame<T>(T value, Func<SamplePluginJsonContext, JsonTypeInfo<T>> ours, JsonTypeInfo<T> reference)
    {
        var expected = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, reference));

        Assert.Equal(expected, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, ours(s_metadata))));
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, ours(SamplePluginJsonContext.Default))));
    }
}

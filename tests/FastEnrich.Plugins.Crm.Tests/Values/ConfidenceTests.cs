using CsCheck;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Tests.Values;

/// <summary>The formula of docs/confidence.md, computed by hand.</summary>
public sealed class ConfidenceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_NoFacts_IsTheLeast() => Assert.Equal(0.1, new Confidence().At(s_now));

    [Fact]
    public void At_FactsOfEachKind_IsTheirMeanWeight()
    {
        var confidence = Recent();
        confidence.Kept("a");
        confidence.Derived(1);
        confidence.FreeText("b");
        confidence.FromIp("c");

        Assert.Equal(0.62, confidence.At(s_now)); // (0.9 + 0.7 + 0.5 + 0.4) / 4, to two places
    }

    [Fact]
    public void Kept_AbsentOrEmpty_PassesThroughAndDoesNotCount()
    {
        var confidence = Recent();

        Assert.Null(confidence.FromIp<string>(null));
        Assert.Equal("", confidence.FromIp(""));
        Assert.Empty(confidence.FromIp(Array.Empty<string>())!);
        Assert.Equal("x", confidence.Kept("x"));

        Assert.Equal(0.9, confidence.At(s_now));
    }

    [Theory]
    [InlineData(1, 0.78)] // 0.9 x (1 - 0.15 x 0.9)
    [InlineData(5, 0.83)]
    [InlineData(10, 0.9)]
    [InlineData(50, 0.9)]
    public void At_OfTenExpected_CountsCompleteness(int facts, double expected)
    {
        var confidence = Recent();
        confidence.Expect(10);
        for (var i = 0; i < facts; i++)
        {
            confidence.Kept(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(expected, confidence.At(s_now), 0.0051);
    }

    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(30, 0.9)]
    [InlineData(380, 0.87)] // half way: recency 0.75
    [InlineData(730, 0.83)]
    [InlineData(5000, 0.83)]
    [InlineData(-10, 0.9)]
    public void At_Age_LowersIt(int days, double expected)
    {
        var confidence = new Confidence();
        confidence.Kept("x");
        confidence.SeenAt(s_now.AddDays(-days));
        confidence.SeenAt(s_now.AddDays(-9000)); // the latest counts
        confidence.SeenAt(null);

        Assert.Equal(expected, confidence.At(s_now), 0.0051);
    }

    [Fact]
    public void At_Anything_StaysWithinItsBounds() => Gen.Select(Gen.Int[0, 3].Array[0, 50], Gen.Int[-5, 100], Gen.Long[0, DateTimeOffset.MaxValue.Ticks]).Sample((kinds, expected, ticks) =>
    {
        var confidence = new Confidence();
        confidence.Expect(expected);
        confidence.SeenAt(new DateTimeOffset(ticks, TimeSpan.Zero));
        foreach (var kind in kinds)
        {
            _ = kind switch { 0 => confidence.Kept("x"), 1 => confidence.Derived("x"), 2 => confidence.FreeText("x"), _ => confidence.FromIp("x") };
        }

        return confidence.At(s_now) is >= 0.1 and <= 0.9;
    });

    private static Confidence Recent()
    {
        var confidence = new Confidence();
        confidence.SeenAt(s_now);
        return confidence;
    }
}

using CsCheck;

namespace FastEnrich.Tests.Configuration;

public sealed class ConfigDurationTests
{
    [Theory]
    [InlineData("30", 30)]
    [InlineData(" 30s ", 30)]
    [InlineData("500ms", 0.5)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("1d", 86400)]
    [InlineData("1.5h", 5400)]
    [InlineData(".5", 0.5)]
    [InlineData("0", 0)]
    [InlineData("00:00:30", 30)]
    [InlineData("1.02:03:04.5", 93784.5)]
    public void TryParse_Form_IsRead(string text, double seconds)
    {
        Assert.True(ConfigDuration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1")]
    [InlineData("-00:00:01")]
    [InlineData("1:30")]
    [InlineData("00:00:60")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("1h30m")]
    [InlineData("1w")]
    [InlineData("99999999999999d")]
    [InlineData("99999999999999999999999999999999")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(ConfigDuration.TryParse(text, out var value));
        Assert.Equal(TimeSpan.Zero, value);
    }

    [Fact]
    public void TryParse_AnyTimeSpanInConstantFormat_IsReadBack()
    {
        Gen.Long[0, TimeSpan.MaxValue.Ticks].Sample(ticks =>
            ConfigDuration.TryParse(new TimeSpan(ticks).ToString("c"), out var value) && value.Ticks == ticks);
    }
}

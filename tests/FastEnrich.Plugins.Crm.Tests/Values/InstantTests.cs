using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Tests.Values;

public sealed class InstantTests
{
    [Theory]
    [InlineData("2026-05-01T07:25:37.000+0000", "2026-05-01T07:25:37Z")] // Salesforce's and Facebook's, without a colon
    [InlineData("2026-05-01T07:25:37+0200", "2026-05-01T05:25:37Z")]
    [InlineData("2026-05-01T07:25:37-05:30", "2026-05-01T12:55:37Z")]
    [InlineData("2026-05-01T07:25:37Z", "2026-05-01T07:25:37Z")]
    [InlineData("2026-05-01 07:25:37", "2026-05-01T07:25:37Z")]
    [InlineData("2026-05-01", "2026-05-01T00:00:00Z")]
    [InlineData("1777620337000", "2026-05-01T07:25:37Z")]
    [InlineData("2026-13-01", null)]
    [InlineData("1026-05-01", null)]
    [InlineData("99999999999999999", null)]
    [InlineData("2026", null)]
    [InlineData("", null)]
    public void Parse_Text_IsATimeInUtcOrNothing(string text, string? expected) =>
        Assert.Equal(expected, Instant.Parse(text) is { } time ? Instant.Format(time) : null);
}

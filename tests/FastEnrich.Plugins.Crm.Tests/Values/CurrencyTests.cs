using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Tests.Values;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("EUR", "EUR")]
    [InlineData("usd", "USD")]
    [InlineData("Jpy", "JPY")]
    [InlineData("XYZ", null)]
    [InlineData("EURO", null)]
    [InlineData("E", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("€€€", null)]
    public void Resolve_Text_IsACodeInCapitalsOrNothing(string? text, string? code) => Assert.Equal(code, Currency.Resolve(text));
}

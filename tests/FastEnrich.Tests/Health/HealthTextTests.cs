using CsCheck;
using FastEnrich.Health;

namespace FastEnrich.Tests.Health;

public sealed class HealthTextTests
{
    [Theory]
    [InlineData("the upstream is away", "the upstream is away")]
    [InlineData("one\r\ntwo\u0000\u001b[31m", "one  two  [31m")]
    [InlineData("\u202Eevil\u2028line", "evil line")]
    [InlineData("", "")]
    public void Clean_OddText_CanBeShown(string text, string shown) => Assert.Equal(shown, HealthText.Clean(text));

    [Fact]
    public void Clean_AnyText_IsShortWellFormedAndWithoutControlCharacters() => Gen.String[0, 600].Sample(static text =>
    {
        var clean = HealthText.Clean(text);

        Assert.True(clean.Length <= HealthText.MaxLength);
        Assert.DoesNotContain(clean, char.IsControl);
        Assert.Equal(clean, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(clean)));
    });

    [Fact]
    public void Clean_HalfACharacter_IsReplaced() => Assert.Equal("half \uFFFD pair", HealthText.Clean("half \ud800 pair"));

    [Fact]
    public void Clean_LongText_IsCutBetweenCharacters() =>
        Assert.Equal(255, HealthText.Clean("x" + string.Concat(Enumerable.Repeat("\U0001F600", 300))).Length);
}

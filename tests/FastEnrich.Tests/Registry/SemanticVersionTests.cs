using CsCheck;
using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class SemanticVersionTests
{
    private static readonly Gen<string> s_numeric = Gen.Int[0, 30].Select(static number => number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    private static readonly Gen<string> s_identifier = Gen.OneOf(s_numeric, Gen.String[Gen.Char["abcXYZ-"], 1, 4], Gen.Const("1234567890123456789012"));
    private static readonly Gen<string> s_tail = s_identifier.List[0, 3].Select(static parts => string.Join('.', parts));
    private static readonly Gen<string> s_version = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], s_tail, s_tail)
        .Select(static (major, minor, patch, prerelease, build) => $"{major}.{minor}.{patch}{(prerelease.Length > 0 ? "-" + prerelease : "")}{(build.Length > 0 ? "+" + build : "")}")
        .Where(static text => text.Length <= SemanticVersion.MaxLength);

    [Fact]
    public void TryParse_AnyVersion_RoundTrips() => s_version.Sample(static text => SemanticVersion.Parse(text).ToString() == text);

    [Fact]
    public void CompareTo_AnyThree_IsATotalOrder() => Gen.Select(s_version, s_version, s_version).Sample(static (x, y, z) =>
    {
        var (a, b, c) = (SemanticVersion.Parse(x), SemanticVersion.Parse(y), SemanticVersion.Parse(z));
        return Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a))
            && (!(a <= b && b <= c) || a <= c)
            && (a == b) == (a.CompareTo(b) == 0)
            && (a != b || a.GetHashCode() == b.GetHashCode());
    });

    [Fact]
    public void CompareTo_BuildMetadata_PlaysNoPart() => Gen.Select(s_version, s_tail).Sample(static (text, build) =>
        build.Length == 0 || text.Length + build.Length >= SemanticVersion.MaxLength || SemanticVersion.Parse(text.Split('+')[0] + "+" + build) == SemanticVersion.Parse(text));

    [Fact]
    public void CompareTo_TheSpecificationsOwnOrder_Holds()
    {
        string[] ascending = ["0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.10.0", "2.0.0"];

        for (var i = 0; i < ascending.Length; i++)
        {
            for (var j = 0; j < ascending.Length; j++)
            {
                Assert.Equal(Math.Sign(i - j), Math.Sign(SemanticVersion.Parse(ascending[i]).CompareTo(SemanticVersion.Parse(ascending[j]))));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("v1.2.3")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-ä")]
    [InlineData("1.2.3 ")]
    [InlineData("1.-2.3")]
    [InlineData("1.2.99999999999999999999")]
    [InlineData("١.٢.٣")]
    public void TryParse_NoVersion_IsRefused(string? text) => Assert.False(SemanticVersion.TryParse(text, out _));

    [Fact]
    public void TryParse_TextLongerThanTheLimit_IsRefused() => Assert.False(SemanticVersion.TryParse("1.2.3-" + new string('a', SemanticVersion.MaxLength), out _));

    [Fact]
    public void Parse_NoVersion_SaysSoWithoutQuotingIt() => Assert.DoesNotContain("planted", Assert.Throws<FormatException>(static () => SemanticVersion.Parse("planted")).Message);
}

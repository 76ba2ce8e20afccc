using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("*", "0.0.1", true)]
    [InlineData("*", "1.0.0-rc.1", false)]
    [InlineData("1.2.3", "1.2.3", true)]
    [InlineData("=1.2.3", "1.2.4", false)]
    [InlineData(">=1.2.0 <2.0.0", "1.9.9", true)]
    [InlineData(">=1.2.0 <2.0.0", "2.0.0", false)]
    [InlineData(">=1.2.0 <2.0.0", "2.0.0-alpha", false)]
    [InlineData(">=1.2.0 <2.0.0", "1.1.9", false)]
    [InlineData(">1.2.0", "1.2.0", false)]
    [InlineData("<=1.2.0", "1.2.0", true)]
    [InlineData("^1.2.3", "1.9.0", true)]
    [InlineData("^1.2.3", "2.0.0", false)]
    [InlineData("^0.2.3", "0.2.9", true)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("^0.0.3", "0.0.4", false)]
    [InlineData("~1.2.3", "1.2.9", true)]
    [InlineData("~1.2.3", "1.3.0", false)]
    [InlineData(">=1.0.0-rc.1", "1.0.0-rc.2", true)]
    [InlineData(">=1.0.0-rc.1", "1.0.1-rc.1", false)]
    [InlineData(">=1.0.0-rc.1", "1.0.0", true)]
    public void Contains_Version_FollowsTheComparisons(string text, string version, bool fits)
    {
        Assert.True(VersionRange.TryParse(text, out var range));

        Assert.Equal(fits, range.Contains(SemanticVersion.Parse(version)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(">= 1.0.0")]
    [InlineData(">=1.0")]
    [InlineData("=>1.0.0")]
    [InlineData("1.x")]
    [InlineData("1.0.0 || 2.0.0")]
    [InlineData("* * * * * * * * *")]
    public void TryParse_NoRange_IsRefused(string? text) => Assert.False(VersionRange.TryParse(text, out _));

    [Theory]
    [InlineData("hubspot", "hubspot")]
    [InlineData("hubspot >=1.0.0  <2.0.0", "hubspot >=1.0.0 <2.0.0")]
    public void Dependency_NameWithOrWithoutVersions_IsRead(string text, string written)
    {
        Assert.True(PluginDependency.TryParse(text, out var dependency));

        Assert.Equal(written, dependency.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Hub Spot")]
    [InlineData("hubspot ")]
    [InlineData("hubspot latest")]
    public void Dependency_AnythingElse_IsRefused(string text) => Assert.False(PluginDependency.TryParse(text, out _));
}

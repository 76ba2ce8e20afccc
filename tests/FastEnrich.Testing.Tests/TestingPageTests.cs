using System.Text.RegularExpressions;

namespace FastEnrich.Testing.Tests;

/// <summary>What docs/testing.md promises.</summary>
public sealed partial class TestingPageTests
{
    private static readonly string s_root = FindRoot();
    private static readonly string s_page = File.ReadAllText(Path.Combine(s_root, "docs", "testing.md"));

    [Theory]
    [InlineData("PointsPlugin.cs")]
    [InlineData("PointsPluginTests.cs")]
    public void Page_Example_IsTheCompiledFile(string file)
    {
        var compiled = File.ReadAllText(Path.Combine(s_root, "tests", "FastEnrich.Testing.Tests", "Example", file)).Trim();

        Assert.Contains(CSharpExample().Matches(s_page), example => example.Groups["code"].Value.Trim() == compiled);
    }

    [Fact]
    public void Page_Rules_AreAllRulesInTheirOrder()
    {
        var rows = RuleRow().Matches(s_page).Select(row => $"{row.Groups["id"].Value}: {row.Groups["title"].Value}");

        Assert.Equal(ConformanceSuite.Rules.Select(static rule => rule.ToString()), rows);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpExample();

    [GeneratedRegex(@"^\| `(?<id>[a-z-]+)` \| (?<title>.+?) \|$", RegexOptions.Multiline)]
    private static partial Regex RuleRow();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FastEnrich.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("these tests run inside the repository");
        }

        return folder;
    }
}

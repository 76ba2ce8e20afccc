using System.Text.RegularExpressions;

namespace FastEnrich.Tests.Configuration;

/// <summary>Holds docs/configuration.md to what is read.</summary>
public sealed partial class ConfigurationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "configuration.md"));

    [Fact]
    public void Example_IsAccepted()
    {
        using var file = new ConfigFile(Example().Match(Page).Groups[1].Value);

        Assert.Empty(file.Validate(("HUBSPOT_API_KEY", "k")));
        Assert.Single(file.Load(("HUBSPOT_API_KEY", "k")).Plugins);
    }

    [Theory]
    [InlineData("engine", "engine")]
    [InlineData("engine:\n  l1", "engine.l1")]
    [InlineData("engine:\n  health", "engine.health")]
    [InlineData("engine:\n  redis", "engine.redis")]
    [InlineData("plugins:\n  plain", "plugins.<name>")]
    public void Tables_EveryKnownKey_HasARow(string section, string prefix)
    {
        using var file = new ConfigFile($"{section}: {{ zzzzzzzzzzzz: 1 }}");

        var known = Assert.Single(file.Validate()).Split("a known key: ")[1].Split(", ");

        Assert.All(known.Except(["health", "l1", "redis"]), key => Assert.Contains($"| `{prefix}.{key}` |", Page));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "FastEnrich.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}

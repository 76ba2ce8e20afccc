using System.Text.RegularExpressions;

namespace FastEnrich.Tests.Health;

/// <summary>The table of docs/health.md.</summary>
internal static partial class HealthPage
{
    public static IEnumerable<(string Reason, string State, string When)> Rows()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "FastEnrich.sln")))
        {
            directory = directory.Parent;
        }

        return Row().Matches(File.ReadAllText(Path.Combine(directory.FullName, "docs", "health.md")))
            .Select(static row => (row.Groups["reason"].Value, row.Groups["state"].Value, row.Groups["when"].Value));
    }

    [GeneratedRegex(@"^\| `(?<reason>\w+)` \| [^|]+ \| (?<state>\w+) \| (?<when>at once|in a row) \|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}

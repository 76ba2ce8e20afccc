using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace FastEnrich.Tests.Telemetry;

/// <summary>The tables of docs/telemetry.md, and what a meter has instead.</summary>
internal static partial class TelemetryPage
{
    private const string Redis = "fastenrich.redis.";

    public static string Text { get; } = Read();

    /// <summary>Name, kind, unit and tags of each instrument on the page.</summary>
    public static string[] Rows(bool redis) =>
        [.. Row().Matches(Text)
            .Where(row => row.Groups["name"].Value.StartsWith(Redis, StringComparison.Ordinal) == redis)
            .Select(static row => $"{row.Groups["name"]} {row.Groups["kind"]} {row.Groups["unit"]}")
            .Order(StringComparer.Ordinal)];

    /// <summary>The tags that the page names for each instrument.</summary>
    public static Dictionary<string, string> Tags() => Row().Matches(Text).ToDictionary(static row => row.Groups["name"].Value, static row => row.Groups["tags"].Value.Trim());

    public static string Of(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        var kind = type.Contains("Histogram", StringComparison.Ordinal) ? "histogram" : type.Contains("Counter", StringComparison.Ordinal) ? "counter" : "gauge";
        return $"{instrument.Name} {kind} {instrument.Unit}";
    }

    private static string Read()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "FastEnrich.sln")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "docs", "telemetry.md"));
    }

    [GeneratedRegex(@"^\| `(?<name>[\w.]+)` \| (?<kind>counter|gauge|histogram) \| `(?<unit>[^`]+)` \|(?<tags>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using FastEnrich.Caching;
using FastEnrich.Resilience;

namespace FastEnrich;

/// <summary>What the pages under docs promise: links that lead somewhere, an index, and tables that say what the code does.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string s_root = FindRoot();

    [Fact]
    public void Pages_EveryRelativeLink_LeadsToAFileAndAHeading()
    {
        var links = Pages().SelectMany(page => Link().Matches(Prose(page)).Select(link => (page, target: link.Groups["target"].Value))).ToArray();

        var dead = links.Where(link => !Leads(link.page, link.target)).Select(link => $"{Path.GetRelativePath(s_root, link.page)}: {link.target}").ToArray();

        Assert.True(links.Length >= 50, "pages link to each other");
        Assert.Empty(dead);
    }

    [Fact]
    public void Pages_EveryRepositoryPathTheyName_Exists()
    {
        var missing = Pages()
            .SelectMany(page => RepositoryPath().Matches(Prose(page)).Select(path => (page, path: path.Groups["path"].Value)))
            .Where(named => !Path.Exists(Path.Combine(s_root, named.path)))
            .Select(named => $"{Path.GetRelativePath(s_root, named.page)}: {named.path}");

        Assert.Empty(missing);
    }

    [Fact]
    public void Index_EveryPage_IsThere()
    {
        var linked = Link().Matches(File.ReadAllText(Path.Combine(s_root, "docs", "README.md"))).Select(link => link.Groups["target"].Value).ToHashSet();

        var missing = Directory.EnumerateFiles(Path.Combine(s_root, "docs"), "*.md").Select(Path.GetFileName).Where(page => page != "README.md" && !linked.Contains(page!));

        Assert.Empty(missing);
    }

    [Fact]
    public void ErrorsPage_Codes_AreAllCodesInTheirOrderAndRetryableAsTheCodeSays()
    {
        var rows = CodeRow().Matches(File.ReadAllText(Path.Combine(s_root, "docs", "errors.md"))).Select(row => (row.Groups["code"].Value, row.Groups["retryable"].Value == "yes"));

        Assert.Equal(Enum.GetValues<PluginErrorCode>().Select(code => (Wire(code), new PluginException("crm", "read", "", code).Retryable)), rows);
    }

    [Fact]
    public void ErrorsPage_WhatTheEngineDoes_HasAColumnForEachCodeAndTheBreakerOfTheCode()
    {
        var table = File.ReadLines(Path.Combine(s_root, "docs", "errors.md")).SkipWhile(line => line != "## What the engine does").Where(line => line.StartsWith('|')).Select(line => line.Split('|')).ToArray();
        var breaker = table.Single(row => row[1].Trim() == "breaker");

        var columns = Enum.GetValues<PluginErrorCode>().ToDictionary(code => code, code => Array.FindIndex(table[0], cell => cell.Contains($"`{Wire(code)}`")));

        Assert.All(columns, column => Assert.Equal(IsDistress(column.Key) ? "counts" : "does not count", breaker[column.Value].Trim()));
    }

    private static bool IsDistress(PluginErrorCode code) => FailureMapping.Map(new PluginException("crm", SlotFailure.FetchOperation, "", code)).IsDistress;

    private static string Wire(PluginErrorCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    private static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Path.Combine(s_root, "docs"), "*.md", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(s_root, "*.md"));

    private static string Prose(string page) => Fence().Replace(File.ReadAllText(page), "");

    private static bool Leads(string page, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        return Path.Exists(file) && (parts.Length == 1 || (File.Exists(file) && Heading().Matches(Prose(file)).Any(heading => Anchor(heading.Groups["text"].Value) == parts[1])));
    }

    private static string Anchor(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FastEnrich.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("these tests run inside the repository");
        }

        return folder;
    }

    [GeneratedRegex(@"\[[^\]\n]*\]\((?<target>(?![a-z]+:)[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("""`(?<path>(?:src|tests|generators|benchmarks|docs|eng|\.ci)/[\w./-]+)`""")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^\| `(?<code>[A-Z_]+)` \| [^|]+ \| (?<retryable>yes|no) \|", RegexOptions.Multiline)]
    private static partial Regex CodeRow();
}

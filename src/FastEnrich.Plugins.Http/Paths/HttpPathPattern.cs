using System.Text.RegularExpressions;

namespace FastEnrich.Plugins.Http.Paths;

/// <summary>The grammar of paths, the same that configuration is checked against.</summary>
internal static partial class HttpPathPattern
{
    private const int MaxLength = 1024;

    public static bool IsMatch(string text) => text.Length <= MaxLength && !text.EndsWith('\n') && Pattern().IsMatch(text);

    [GeneratedRegex(HttpOptions.PathPattern, RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Pattern();
}

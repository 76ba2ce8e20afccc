using System.Text.RegularExpressions;

namespace FastEnrich.Generators.Parsing;

/// <summary>The forms that texts of a plugin have.</summary>
internal static class PluginTexts
{
    /// <summary>The greatest length of a plugin's name.</summary>
    public const int LongestName = 64;

    private static readonly Regex s_name = new("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant);

    /// <summary>The expression that semver.org gives for version 2.0.0.</summary>
    private static readonly Regex s_version = new(
        @"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.CultureInvariant);

    public static bool IsName(string text) => text.Length <= LongestName && s_name.IsMatch(text);

    public static bool IsVersion(string text) => s_version.IsMatch(text);
}

using System.Diagnostics.CodeAnalysis;

namespace FastEnrich.Registry;

/// <summary>
/// Versions that fit, as in <c>&gt;=1.2.0 &lt;2.0.0</c>: comparisons (<c>=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c>, <c>&lt;=</c>),
/// <c>^1.2.3</c> (the same leftmost number that is not zero), <c>~1.2.3</c> (the same major and minor) and <c>*</c>, separated by spaces,
/// all of which must hold. A pre-release fits only where a comparison names a pre-release of the same three numbers. Immutable.
/// </summary>
public sealed class VersionRange
{
    /// <summary>The largest number of comparisons.</summary>
    public const int MaxComparisons = 8;

    private readonly string _text;
    private readonly (string Operator, SemanticVersion Version)[] _comparisons;

    private VersionRange(string text, (string Operator, SemanticVersion Version)[] comparisons)
    {
        _text = text;
        _comparisons = comparisons;
    }

    /// <summary>Reads a range.</summary>
    /// <param name="text">The text, of 1 to 8 comparisons; a version alone is that version exactly.</param>
    /// <param name="range">The range; <see langword="null"/> when the text is none.</param>
    /// <returns>Whether the text is a range.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionRange? range)
    {
        range = null;
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > MaxComparisons)
        {
            return false;
        }

        var comparisons = new (string Operator, SemanticVersion Version)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "*")
            {
                comparisons[i] = ("*", default);
                continue;
            }

            var symbol = parts[i] switch
            {
                ['>', '=', ..] => ">=",
                ['<', '=', ..] => "<=",
                ['>' or '<' or '=' or '^' or '~', ..] => parts[i][..1],
                _ => "",
            };
            if (!SemanticVersion.TryParse(parts[i][symbol.Length..], out var version))
            {
                return false;
            }

            comparisons[i] = (symbol.Length == 0 ? "=" : symbol, version);
        }

        range = new VersionRange(string.Join(' ', parts), comparisons);
        return true;
    }

    /// <summary>Says whether a version fits.</summary>
    /// <param name="version">The version.</param>
    /// <returns>Whether every comparison holds.</returns>
    public bool Contains(SemanticVersion version) =>
        _comparisons.All(comparison => Holds(comparison.Operator, comparison.Version, version)) && (version.Prerelease.Length == 0 || NamesPrereleaseOf(version));

    /// <summary>Returns the range as it was read.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    private bool NamesPrereleaseOf(SemanticVersion version) => _comparisons.Any(comparison =>
        comparison.Version.Prerelease.Length > 0
        && (comparison.Version.Major, comparison.Version.Minor, comparison.Version.Patch) == (version.Major, version.Minor, version.Patch));

    private static bool Holds(string symbol, SemanticVersion bound, SemanticVersion version) => symbol switch
    {
        "*" => true,
        ">" => version > bound,
        ">=" => version >= bound,
        "<" => version < bound,
        "<=" => version <= bound,
        "~" => version >= bound && version.Major == bound.Major && version.Minor == bound.Minor,
        "^" => version >= bound && version.Major == bound.Major
            && (bound.Major > 0 || (version.Minor == bound.Minor && (bound.Minor > 0 || version.Patch == bound.Patch))),
        _ => version == bound,
    };
}

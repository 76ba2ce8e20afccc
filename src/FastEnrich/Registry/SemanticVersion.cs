using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FastEnrich.Registry;

/// <summary>A version as Semantic Versioning 2.0 defines it. Ordered by precedence; build metadata is kept as text and plays no part in order or equality.</summary>
public readonly struct SemanticVersion : IComparable<SemanticVersion>, IEquatable<SemanticVersion>
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 128;

    private readonly string? _prerelease;
    private readonly string? _build;

    private SemanticVersion(long major, long minor, long patch, string prerelease, string build)
    {
        (Major, Minor, Patch) = (major, minor, patch);
        (_prerelease, _build) = (prerelease, build);
    }

    /// <summary>Gets the first number.</summary>
    public long Major { get; }

    /// <summary>Gets the second number.</summary>
    public long Minor { get; }

    /// <summary>Gets the third number.</summary>
    public long Patch { get; }

    /// <summary>Gets what stands between the hyphen and the plus sign; empty for a release.</summary>
    public string Prerelease => _prerelease ?? "";

    /// <summary>Gets what stands behind the plus sign; empty for none.</summary>
    public string Build => _build ?? "";

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text, as in <c>1.2.3-rc.1+build.5</c>.</param>
    /// <param name="version">The version; <c>0.0.0</c> when the text is none.</param>
    /// <returns>Whether the text is a version of at most <see cref="MaxLength"/> characters whose numbers fit 64 bits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out SemanticVersion version)
    {
        version = default;
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return false;
        }

        var (rest, build) = Cut(text, '+');
        var (core, prerelease) = Cut(rest, '-');
        var numbers = core.Split('.');
        if (numbers.Length != 3 || !TryNumber(numbers[0], out var major) || !TryNumber(numbers[1], out var minor) || !TryNumber(numbers[2], out var patch)
            || (prerelease is not null && !AreIdentifiers(prerelease, zeros: false)) || (build is not null && !AreIdentifiers(build, zeros: true)))
        {
            return false;
        }

        version = new SemanticVersion(major, minor, patch, prerelease ?? "", build ?? "");
        return true;
    }

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text, as in <c>1.2.3-rc.1+build.5</c>.</param>
    /// <returns>The version.</returns>
    /// <exception cref="FormatException">The text is no version.</exception>
    public static SemanticVersion Parse(string text) => TryParse(text, out var version) ? version : throw new FormatException("The text is no semantic version.");

    /// <summary>Compares two versions for equal precedence.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether neither precedes the other.</returns>
    public static bool operator ==(SemanticVersion left, SemanticVersion right) => left.Equals(right);

    /// <summary>Compares two versions for different precedence.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether one precedes the other.</returns>
    public static bool operator !=(SemanticVersion left, SemanticVersion right) => !left.Equals(right);

    /// <summary>Compares two versions by precedence.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the one precedes the other.</returns>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Compares two versions by precedence.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the other precedes the one.</returns>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Compares two versions by precedence.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the other does not precede the one.</returns>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two versions by precedence.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the one does not precede the other.</returns>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion other)
    {
        var core = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return core != 0 ? core : (Prerelease.Length, other.Prerelease.Length) switch
        {
            (0, 0) => 0,
            (0, _) => 1, // a release follows its pre-releases
            (_, 0) => -1,
            _ => ComparePrerelease(Prerelease.Split('.'), other.Prerelease.Split('.')),
        };
    }

    /// <inheritdoc/>
    public bool Equals(SemanticVersion other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SemanticVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, Prerelease);

    /// <summary>Returns the version as it was read.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var core = string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
        return core + (Prerelease.Length > 0 ? "-" + Prerelease : "") + (Build.Length > 0 ? "+" + Build : "");
    }

    private static (string Before, string? After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static bool TryNumber(string text, out long number)
    {
        number = 0;
        return text is not (['0', _, ..] or "") && text.All(char.IsAsciiDigit) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool AreIdentifiers(string text, bool zeros) =>
        text.Split('.').All(part => part.Length > 0
            && part.All(static character => char.IsAsciiLetterOrDigit(character) || character == '-')
            && (zeros || part is not ['0', _, ..] || !part.All(char.IsAsciiDigit)));

    private static int ComparePrerelease(string[] left, string[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var order = (left[i].All(char.IsAsciiDigit), right[i].All(char.IsAsciiDigit)) switch
            {
                // Of any size, and without leading zeros.
                (true, true) => left[i].Length != right[i].Length ? left[i].Length - right[i].Length : string.CompareOrdinal(left[i], right[i]),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(left[i], right[i]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length - right.Length;
    }
}

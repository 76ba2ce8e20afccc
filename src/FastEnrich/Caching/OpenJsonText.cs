using System.Buffers;
using System.Globalization;

namespace FastEnrich.Caching;

/// <summary>Finds what valid JSON text may hold and yet cannot be written again.</summary>
internal static class OpenJsonText
{
    /// <summary>How deep a value may nest: what System.Text.Json reads by default.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"[]{}"u8);

    /// <param name="json">One valid JSON value.</param>
    /// <returns>The end of a sentence that begins with the member's name; <see langword="null"/> for good text.</returns>
    public static string? FindProblem(ReadOnlySpan<byte> json)
    {
        // The common case is decided by one length and one vectorised search.
        if (json.Length > 2 * MaxDepth && IsTooDeep(json))
        {
            return " nests deeper than 64 levels";
        }

        return HasLoneSurrogate(json) ? " holds text that is not well-formed Unicode" : null;
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> json)
    {
        var depth = 0;
        while (json.IndexOfAny(s_structure) is var at and >= 0)
        {
            var token = json[at];
            json = json[(at + 1)..];
            switch (token)
            {
                case (byte)'"':
                    json = SkipString(json);
                    break;
                case (byte)'[' or (byte)'{':
                    if (++depth > MaxDepth)
                    {
                        return true;
                    }

                    break;
                default:
                    depth--;
                    break;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> SkipString(ReadOnlySpan<byte> afterQuote)
    {
        while (true)
        {
            var at = afterQuote.IndexOfAny((byte)'"', (byte)'\\');
            if (afterQuote[at] == '"')
            {
                return afterQuote[(at + 1)..];
            }

            afterQuote = afterQuote[(at + 2)..];
        }
    }

    /// <summary>Only an escape can hold half of a pair: unescaped text was checked when it was parsed.</summary>
    /// <param name="json">One valid JSON value.</param>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            json = json[(at + 1)..];
            if (json[0] != 'u')
            {
                json = json[1..];
                continue;
            }

            var unit = Unit(json);
            json = json[5..];
            if (!char.IsSurrogate(unit))
            {
                continue;
            }

            if (!char.IsHighSurrogate(unit) || json is not [(byte)'\\', (byte)'u', ..] || !char.IsLowSurrogate(Unit(json[1..])))
            {
                return true;
            }

            json = json[6..];
        }

        return false;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

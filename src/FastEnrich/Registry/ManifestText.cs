using System.Text;

namespace FastEnrich.Registry;

/// <summary>The rules for texts that come from outside.</summary>
internal static class ManifestText
{
    public const int MaxKey = 64;

    /// <summary>Whether text is well-formed and has no control, line separator or direction character: it can be shown on any terminal.</summary>
    public static bool IsPlain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || IsInvisible(rune.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A key of unknown origin, as an error may show it.</summary>
    public static string ShownKey(string key) =>
        key.Length is > 0 and <= MaxKey && key.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '$') ? key : "?";

    private static bool IsInvisible(int rune) => rune is 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C or 0xFEFF;
}

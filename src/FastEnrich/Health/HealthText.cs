using System.Globalization;
using System.Text;

namespace FastEnrich.Health;

/// <summary>Makes a plugin's text fit to be shown: short, well-formed, and nothing in it that steers a terminal or turns the direction of writing.</summary>
internal static class HealthText
{
    public const int MaxLength = 256;

    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = IsShown(rune) ? rune : new Rune(' ');
            if (clean.Length + shown.Utf16SequenceLength > MaxLength)
            {
                break;
            }

            clean.Append(shown.ToString());
        }

        return clean.ToString().Trim();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

using System.Globalization;
using System.Text;
using FastEnrich.Generators.Parsing;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Makes names of plugins.</summary>
internal static class KebabCase
{
    /// <summary>Gives the name that a text stands for, or <see langword="null"/> when too little of it can stay.</summary>
    public static string? From(string text)
    {
        var name = new StringBuilder();
        var before = '-';
        foreach (var c in text.Normalize(NormalizationForm.FormD)) // "é" is "e" and an accent, which goes
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (!IsWord(c))
            {
                Part(name);
            }
            else if (name.Length > 0 || IsLetter(c))
            {
                if (IsUpper(c) && IsWord(before) && !IsUpper(before))
                {
                    Part(name);
                }

                name.Append(char.ToLowerInvariant(c));
            }

            before = c;
        }

        var made = (name.Length > PluginTexts.LongestName ? name.ToString(0, PluginTexts.LongestName) : name.ToString()).Trim('-');
        return PluginTexts.IsName(made) ? made : null;
    }

    private static void Part(StringBuilder name)
    {
        if (name.Length > 0 && name[name.Length - 1] != '-')
        {
            name.Append('-');
        }
    }

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsLetter(char c) => IsUpper(c) || c is >= 'a' and <= 'z';

    private static bool IsWord(char c) => IsLetter(c) || c is >= '0' and <= '9';
}

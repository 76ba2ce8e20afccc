using System.Globalization;
using System.Text;

namespace FastEnrich.Generators.Emit;

/// <summary>Names that cannot collide: readable, capped, and with a hash of what they stand for.</summary>
internal static class Names
{
    private const int ReadableLength = 48; // two of them and a suffix stay far below the path limits of Windows

    /// <summary>A C# identifier and file name for a fully qualified type.</summary>
    public static string Stem(string fullName)
    {
        var end = fullName.IndexOf('<');
        var plain = end < 0 ? fullName : fullName.Substring(0, end);
        return $"{Readable(plain.Substring(Math.Max(plain.LastIndexOf('.'), plain.LastIndexOf(':')) + 1))}_{Hash(fullName)}";
    }

    /// <summary>The namespace of what is generated into an assembly.</summary>
    public static string Namespace(string assembly) => $"FastEnrich.Generated.{Readable(assembly)}_{Hash(assembly)}";

    private static string Readable(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (text.Length == ReadableLength)
            {
                break;
            }

            text.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_');
        }

        return text.Length == 0 || char.IsDigit(text[0]) ? "_" + text : text.ToString();
    }

    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}

using System.Text;

namespace FastEnrich.Testing;

/// <summary>Reads literals in single quotes, as query languages write them: a backslash or a second quote escapes.</summary>
internal static class Literals
{
    /// <summary>Gets the literals of a text, unescaped.</summary>
    public static IReadOnlyList<string> Of(string text) => Read(text).Literals;

    /// <summary>Gets the text with its literals emptied: what an id must not change.</summary>
    public static string Skeleton(string text) => Read(text).Skeleton;

    private static (List<string> Literals, string Skeleton) Read(string text)
    {
        List<string> literals = [];
        var (skeleton, literal) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            skeleton.Append(text[i]);
            if (text[i] != '\'')
            {
                continue;
            }

            literal.Clear();
            for (i++; i < text.Length && !(text[i] == '\'' && (i + 1 == text.Length || text[i + 1] != '\'')); i++)
            {
                if (i + 1 < text.Length && text[i] is '\\' or '\'')
                {
                    i++;
                }

                literal.Append(i < text.Length ? Unescaped(text[i], text[i - 1]) : "");
            }

            skeleton.Append(i < text.Length ? "'" : " without end");
            literals.Add(literal.ToString());
        }

        return (literals, skeleton.ToString());
    }

    private static char Unescaped(char c, char before) => before != '\\' ? c : c switch
    {
        'n' or 'N' => '\n',
        'r' or 'R' => '\r',
        't' or 'T' => '\t',
        'b' or 'B' => '\b',
        'f' or 'F' => '\f',
        _ => c,
    };
}

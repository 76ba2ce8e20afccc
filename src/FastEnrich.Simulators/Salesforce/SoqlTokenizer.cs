using System.Globalization;
using System.Text;

namespace FastEnrich.Simulators;

/// <summary>Cuts a query into tokens as the vendor's page on quoted strings says; anything else is refused.</summary>
internal static class SoqlTokenizer
{
    public static List<SoqlToken> Read(string query)
    {
        List<SoqlToken> tokens = [];
        for (var i = 0; i < query.Length;)
        {
            var c = query[i];
            if (c is ' ' or '\n' or '\t' or '\r')
            {
                i++;
            }
            else if (c == '\'')
            {
                tokens.Add(new('s', ReadText(query, ref i)));
            }
            else if (char.IsAsciiLetter(c))
            {
                tokens.Add(new('w', ReadWhile(query, ref i, static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')));
            }
            else if (char.IsAsciiDigit(c) || c == '-')
            {
                tokens.Add(new('n', ReadWhile(query, ref i, static c => char.IsAsciiDigit(c) || c is '-' or '.')));
            }
            else if (c is '(' or ')' or ',' or '=')
            {
                tokens.Add(new(c, ""));
                i++;
            }
            else
            {
                throw SoqlException.Malformed(string.Create(CultureInfo.InvariantCulture, $"unexpected token: '{c}'"));
            }
        }

        tokens.Add(new('$', ""));
        return tokens;
    }

    private static string ReadWhile(string query, ref int i, Func<char, bool> belongs)
    {
        var start = i;
        while (i < query.Length && belongs(query[i]))
        {
            i++;
        }

        return query[start..i];
    }

    private static string ReadText(string query, ref int i)
    {
        var text = new StringBuilder();
        for (i++; i < query.Length; i++)
        {
            switch (query[i])
            {
                case '\'':
                    i++;
                    return text.ToString();
                case '\n' or '\r':
                    throw SoqlException.Malformed("line breaks not allowed in string literals");
                case '\\':
                    text.Append(ReadEscape(query, ref i));
                    break;
                case var c:
                    text.Append(c);
                    break;
            }
        }

        throw SoqlException.Malformed("unexpected end of the query within a string literal");
    }

    private static char ReadEscape(string query, ref int i)
    {
        i++;
        switch (i < query.Length ? query[i] : '\0')
        {
            case 'n' or 'N': return '\n';
            case 'r' or 'R': return '\r';
            case 't' or 'T': return '\t';
            case 'b' or 'B': return '\b';
            case 'f' or 'F': return '\f';
            case '"' or '\'' or '\\': return query[i];
            case 'u' when i + 4 < query.Length && ushort.TryParse(query.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                i += 4;
                return (char)code;
            default: throw SoqlException.Malformed("illegal string literal: invalid escape sequence");
        }
    }
}

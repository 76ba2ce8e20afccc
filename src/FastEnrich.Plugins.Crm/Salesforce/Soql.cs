using System.Globalization;
using System.Text;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Writes values into SOQL, so that a value can never be read as a piece of the query.</summary>
internal static class Soql
{
    private const int EncodedComma = 3; // %2C

    /// <summary>Writes a text as a literal, with quotes.</summary>
    public static string Text(string value)
    {
        var literal = new StringBuilder(value.Length + 8).Append('\'');
        foreach (var c in value)
        {
            _ = c switch
            {
                '\'' => literal.Append("\\'"),
                '\\' => literal.Append("\\\\"),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                _ when char.IsControl(c) => literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => literal.Append(c),
            };
        }

        return literal.Append('\'').ToString();
    }

    /// <summary>Joins literals to lists for <c>IN</c>, each at most <paramref name="maxEncodedLength"/> long in a URL, or with a single literal.</summary>
    public static IEnumerable<string> Lists(IEnumerable<string> literals, int maxEncodedLength)
    {
        var list = new StringBuilder();
        var length = 0;
        foreach (var literal in literals)
        {
            var added = Uri.EscapeDataString(literal).Length + EncodedComma;
            if (list.Length > 0 && length + added > maxEncodedLength)
            {
                yield return $"({list})";
                list.Clear();
                length = 0;
            }

            list.Append(list.Length > 0 ? "," : "").Append(literal);
            length += added;
        }

        if (list.Length > 0)
        {
            yield return $"({list})";
        }
    }
}

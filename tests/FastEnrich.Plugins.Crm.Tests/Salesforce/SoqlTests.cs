using System.Globalization;
using System.Text;
using CsCheck;
using FastEnrich.Plugins.Crm.Salesforce;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

public sealed class SoqlTests
{
    [Theory]
    [InlineData("O'Brien", @"'O\'Brien'")]
    [InlineData(@"a\", @"'a\\'")]
    [InlineData(@"\'", @"'\\\''")]
    [InlineData("a\nb\rc\td", @"'a\nb\rc\td'")]
    [InlineData("\0\u0007\u001f\u0085", @"'\u0000\u0007\u001f\u0085'")]
    [InlineData("%_\"", "'%_\"'")]
    [InlineData("Zoë 😀", "'Zoë 😀'")]
    [InlineData("%27 OR Name LIKE %27", "'%27 OR Name LIKE %27'")]
    [InlineData(@"\u0027", @"'\\u0027'")]
    public void Text_ReservedCharacters_AreEscaped(string value, string literal) => Assert.Equal(literal, Soql.Text(value));

    [Fact]
    public void Text_AnyText_ReadsBackAsExactlyTheValue() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["'\\nrtu0027\n\r\t\u2028()=, %\""], 0, 30]).Sample(
            value =>
            {
                var literal = Soql.Text(value);
                Assert.Equal((value, literal.Length), ReadLiteral(literal, 0));
            },
            iter: 20_000);

    [Fact]
    public void Text_WithinAQuery_EndsWhereItShould() =>
        Gen.String[Gen.Char["'\\ )OR=u002"], 0, 20].Array[1, 5].Sample(
            values =>
            {
                var list = Assert.Single(Soql.Lists(values.Select(Soql.Text), 100_000));
                Assert.Equal(values, ReadList(list));
            },
            iter: 5_000);

    [Fact]
    public void Lists_ManyLiterals_KeepToTheLengthAndTheOrder()
    {
        var literals = Enumerable.Range(0, 500).Select(i => Soql.Text($"müller+{i}@example.org")).ToList();

        var lists = Soql.Lists(literals, 1_000).ToList();

        Assert.All(lists, list => Assert.InRange(Uri.EscapeDataString(list[1..^1]).Length, 1, 1_000));
        Assert.Equal(literals, lists.SelectMany(list => list[1..^1].Split(',')));
    }

    [Fact]
    public void Lists_LongLiteral_StandsAlone() =>
        Assert.Equal(["('a')", $"('{new string('b', 50)}')", "('c')"], Soql.Lists(["'a'", $"'{new string('b', 50)}'", "'c'"], 20));

    [Fact]
    public void Lists_Nothing_IsNoList() => Assert.Empty(Soql.Lists([], 100));

    /// <summary>A reading of the vendor's page on quoted strings that shares nothing with the code under test.</summary>
    private static (string Value, int End) ReadLiteral(string text, int start)
    {
        Assert.Equal('\'', text[start]);
        var value = new StringBuilder();
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\'')
            {
                return (value.ToString(), i + 1);
            }

            Assert.NotInRange(text[i], '\n', '\r'); // a raw line break is an error there
            if (text[i] != '\\')
            {
                value.Append(text[i]);
                continue;
            }

            i++;
            const string escapes = "nrtbf\"'\\";
            const string meanings = "\n\r\t\b\f\"'\\";
            if (text[i] == 'u')
            {
                value.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                value.Append(meanings[escapes.IndexOf(text[i])]);
            }
        }

        throw new FormatException("the literal does not end");
    }

    private static List<string> ReadList(string list)
    {
        List<string> values = [];
        var at = 0;
        do
        {
            Assert.Contains(list[at], at == 0 ? "(" : ",");
            (var value, at) = ReadLiteral(list, at + 1);
            values.Add(value);
        }
        while (list[at] == ',');

        Assert.Equal((")", list.Length), (list[at..], at + 1));
        return values;
    }
}

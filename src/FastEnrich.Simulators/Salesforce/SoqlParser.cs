using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>
/// Reads the queries that a plugin sends: <c>SELECT</c>, child queries, <c>WHERE</c> with <c>AND</c>, <c>=</c> and <c>IN</c>,
/// semi-joins, <c>ORDER BY</c>. Strict to the last token, so that a value that broke out of its quotes is an error or shows
/// in the answer. Belongs to one query.
/// </summary>
internal sealed class SoqlParser
{
    private const int MaxLength = 100_000; // the vendor's limit
    private const int MaxDepth = 3;

    private readonly List<SoqlToken> _tokens;
    private int _next;
    private int _depth;

    private SoqlParser(List<SoqlToken> tokens) => _tokens = tokens;

    /// <exception cref="SoqlException">It is no query, or none that is understood here.</exception>
    public static SoqlQuery Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw SoqlException.Malformed("SOQL statements cannot be longer than 100000 characters.");
        }

        var parser = new SoqlParser(SoqlTokenizer.Read(text));
        var query = parser.Query();
        parser.Take('$');
        return query;
    }

    private SoqlToken Current => _tokens[_next];

    private SoqlQuery Query()
    {
        if (++_depth > MaxDepth)
        {
            throw SoqlException.Malformed("maximum level of nesting reached");
        }

        TakeWord("SELECT");
        List<string> fields = [];
        List<SoqlQuery> children = [];
        do
        {
            if (Skip('('))
            {
                children.Add(Query());
                Take(')');
            }
            else
            {
                fields.Add(Take('w').Text);
            }
        }
        while (Skip(','));

        TakeWord("FROM");
        var from = Take('w').Text;
        var where = SkipWord("WHERE") ? Conditions() : [];
        string? orderBy = null;
        var descending = false;
        if (SkipWord("ORDER"))
        {
            TakeWord("BY");
            orderBy = Take('w').Text;
            descending = SkipWord("DESC");
            _ = descending || SkipWord("ASC");
        }

        _depth--;
        return new SoqlQuery(fields, children, from, where, orderBy, descending);
    }

    private List<SoqlCondition> Conditions()
    {
        List<SoqlCondition> conditions = [];
        do
        {
            conditions.Add(Condition());
        }
        while (SkipWord("AND"));
        return conditions;
    }

    private SoqlCondition Condition()
    {
        var field = Take('w').Text;
        if (Skip('='))
        {
            return new SoqlCondition(field, [Literal()], null);
        }

        TakeWord("IN");
        Take('(');
        if (Current.Is("SELECT"))
        {
            var among = Query();
            Take(')');
            return new SoqlCondition(field, [], among);
        }

        List<object> values = [Literal()];
        while (Skip(','))
        {
            values.Add(Literal());
        }

        Take(')');
        return new SoqlCondition(field, values, null);
    }

    private object Literal()
    {
        var token = _tokens[_next++];
        return token.Kind switch
        {
            's' => token.Text,
            'n' when decimal.TryParse(token.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            'w' when token.Is("true") => true,
            'w' when token.Is("false") => false,
            _ => throw Unexpected(token),
        };
    }

    private SoqlToken Take(char kind) => Current.Kind == kind ? _tokens[_next++] : throw Unexpected(Current);

    private void TakeWord(string word)
    {
        if (!SkipWord(word))
        {
            throw Unexpected(Current);
        }
    }

    private bool Skip(char kind)
    {
        var found = Current.Kind == kind;
        _next += found ? 1 : 0;
        return found;
    }

    private bool SkipWord(string word)
    {
        var found = Current.Is(word);
        _next += found ? 1 : 0;
        return found;
    }

    private static SoqlException Unexpected(SoqlToken token) => SoqlException.Malformed(
        $"unexpected token: {(token.Kind == '$' ? "<EOF>" : token.Kind is 'w' or 's' or 'n' ? token.Text : token.Kind)}");
}

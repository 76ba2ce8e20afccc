namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>A query, and what it is for, as failures name it.</summary>
internal readonly record struct SalesforceQuery(string Operation, string Text)
{
    // A GET takes 16,384 bytes of address and headers. Nobody documents that a request within a batch takes more.
    public const int MaxEncodedLength = 12_000;

    public int EncodedLength => Uri.EscapeDataString(Text).Length;

    /// <summary>Makes as many queries as it takes to ask for all values.</summary>
    /// <param name="operation">What the queries are for.</param>
    /// <param name="literals">The values, as literals.</param>
    /// <param name="text">Makes the query for a list of values.</param>
    /// <param name="uses">How often the query holds the list.</param>
    public static IEnumerable<SalesforceQuery> Over(string operation, IEnumerable<string> literals, Func<string, string> text, int uses = 1)
    {
        var room = (MaxEncodedLength - Uri.EscapeDataString(text("()")).Length) / uses;
        return Soql.Lists(literals, room).Select(list => new SalesforceQuery(operation, text(list)));
    }
}

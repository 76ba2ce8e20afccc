namespace FastEnrich.Simulators;

/// <summary>Where the reading of a query's rows stands.</summary>
/// <param name="Rows">All rows, each with the query and the rows below it.</param>
/// <param name="Start">The first row of the current page.</param>
/// <param name="Size">How many rows a page has.</param>
/// <param name="Next">The locator of the next page; <see langword="null"/> at the end.</param>
internal sealed record SalesforceCursor(IReadOnlyList<SalesforceQueryRow> Rows, int Start, int Size, string? Next)
{
    public IEnumerable<SalesforceQueryRow> Current => Rows.Skip(Start).Take(Size);
}

namespace FastEnrich.Simulators;

/// <summary>A row of a query's answer, and the rows below it.</summary>
internal sealed record SalesforceQueryRow(SalesforceRow Row, SoqlQuery Query, IReadOnlyList<(SoqlQuery Query, IReadOnlyList<SalesforceRow> Rows)> Children);

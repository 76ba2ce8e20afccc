using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

internal sealed partial class SalesforceMapper
{
    private const string WonStage = "Closed Won"; // the stage's name that every organization starts with

    private PurchaseEvent[] Purchases(IEnumerable<SalesforceRecord> opportunities, SalesforceDetails details)
    {
        var purchases = opportunities.Where(IsWon).SelectMany(won => Purchases(won, [.. details.LineItems[won.Id!]]));
        return [.. purchases.OrderByDescending(purchase => purchase.Timestamp).ThenBy(purchase => purchase.ProductId, StringComparer.Ordinal)];
    }

    /// <summary>An opportunity is what was bought in it; one without products is a purchase itself.</summary>
    private IEnumerable<PurchaseEvent> Purchases(SalesforceRecord won, SalesforceRecord[] items)
    {
        if (won.Time("CloseDate") is not { } closed)
        {
            return [];
        }

        var single = Purchase(won, won.Id, won.Text("Type"), won.Number("Amount"), won.Text("CurrencyIsoCode"), closed);
        return items.Length == 0
            ? single is null ? [] : [single]
            : items.Select(item => Purchase(
                won,
                Product(item) ?? won.Id,
                item.Child("Product2")?.Text("Family") ?? won.Text("Type"),
                item.Number("TotalPrice"),
                item.Text("CurrencyIsoCode") ?? won.Text("CurrencyIsoCode"),
                closed)).OfType<PurchaseEvent>();
    }

    private PurchaseEvent? Purchase(SalesforceRecord won, string? product, string? category, decimal? amount, string? currency, DateTimeOffset closed) => amount is { } paid
        ? new PurchaseEvent
        {
            ProductId = product,
            Category = category,
            Amount = paid,
            Currency = Currency.Resolve(currency) ?? Currency.Resolve(options.DefaultCurrency),
            Timestamp = closed,
            Channel = Channel(won.Text("LeadSource")),
        }
        : null;

    private string? Product(SalesforceRecord item) =>
        options.ProductField == "Id" ? item.Reference("Product2Id") : item.Child("Product2")?.Text(options.ProductField);

    private static bool IsWon(SalesforceRecord opportunity) =>
        opportunity.Id is not null && (opportunity.Flag("IsWon") ?? opportunity.Text("StageName") == WonStage);

    private static bool IsLost(SalesforceRecord opportunity) => opportunity.Flag("IsClosed") == true && !IsWon(opportunity);
}

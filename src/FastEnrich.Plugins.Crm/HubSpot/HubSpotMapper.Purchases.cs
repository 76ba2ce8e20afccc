using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <content>Won deals, a purchase for each of their line items.</content>
internal sealed partial class HubSpotMapper
{
    private readonly bool _readsDeals = options.Capabilities.Contains(HubSpotCapability.PurchaseHistory);

    public static bool IsWon(HubSpotObject deal)
    {
        var properties = new HubSpotProperties(deal.Properties);
        return !deal.Archived && (properties.Flag("hs_is_closed_won") ?? properties.Text("dealstage") == "closedwon"); // the stage's name in the pipeline every account starts with
    }

    private PurchaseEvent[] Purchases(HubSpotProperties contact, HubSpotHistory history)
    {
        var purchases = _readsDeals ? history.Deals.SelectMany(deal => Purchases(deal.Deal, deal.LineItems)) : RecentPurchase(contact);
        return [.. purchases.OrderByDescending(p => p.Timestamp).ThenBy(p => p.ProductId, StringComparer.Ordinal)];
    }

    private IEnumerable<PurchaseEvent> Purchases(HubSpotObject deal, IReadOnlyList<HubSpotObject> lineItems)
    {
        var properties = new HubSpotProperties(deal.Properties);
        if (!IsWon(deal) || properties.Time("closedate") is not { } closed)
        {
            return [];
        }

        var whole = new PurchaseEvent
        {
            ProductId = properties.Text(options.DealProductProperty) ?? deal.Id,
            Category = properties.Text("dealtype") ?? properties.Text("pipeline"),
            Currency = Currency.Resolve(properties.Text("deal_currency_code")) ?? DefaultCurrency,
            Timestamp = closed,
            Channel = Channel(properties.Text("hs_analytics_source")),
        };
        PurchaseEvent[] items = [.. lineItems.Select(item => Purchase(whole, new HubSpotProperties(item.Properties))).OfType<PurchaseEvent>()];
        return items.Length > 0 ? items
            : properties.Number("amount") is { } amount ? [whole with { Amount = amount }]
            : [];
    }

    /// <summary>The amount is the net of all pieces where HubSpot has computed it, else their price.</summary>
    private PurchaseEvent? Purchase(PurchaseEvent deal, HubSpotProperties item) =>
        (item.Number("amount") ?? Total(item)) is { } amount
            ? deal with
            {
                ProductId = item.Text(options.LineItemProductProperty) ?? item.Text("name") ?? deal.ProductId,
                Amount = amount,
                Currency = Currency.Resolve(item.Text("hs_line_item_currency_code")) ?? deal.Currency,
            }
            : null;

    private static decimal? Total(HubSpotProperties item)
    {
        try
        {
            return item.Number("price") * (item.Number("quantity") ?? 1);
        }
        catch (OverflowException)
        {
            return null; // no price of this world
        }
    }

    private IEnumerable<PurchaseEvent> RecentPurchase(HubSpotProperties contact) =>
        contact.Number("recent_deal_amount") is { } amount && contact.Time("recent_deal_close_date") is { } closed
            ? [new PurchaseEvent { Amount = amount, Currency = DefaultCurrency, Timestamp = closed }]
            : [];

    private string? DefaultCurrency => options.DefaultCurrency.Length > 0 ? options.DefaultCurrency : null;
}

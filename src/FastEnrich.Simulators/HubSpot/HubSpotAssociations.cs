using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>Which records belong to which: contacts to deals and engagements, deals to line items.</summary>
internal static class HubSpotAssociations
{
    private const long LineItemOffset = 10_000_000_000;

    /// <summary>Returns the associated records' ids and the association's type; <see langword="null"/> when the record does not exist.</summary>
    public static (IReadOnlyList<string> Ids, int TypeId)? Of(
        SimulatedPopulation population, string from, string to, string id, Func<string, SimulatedUser?> find) => (from, to) switch
    {
        ("contacts", "deals") => find(id) is { } user ? ([.. user.Deals.Select(deal => deal.Id)], 4) : null,
        ("contacts", _) => find(id) is { } user
            ? ([.. HubSpotEngagements.Of(population, user, to).Select(record => record["hs_object_id"]!)], 193 + Array.IndexOf(HubSpotEngagements.Kinds, to))
            : null,
        _ => population.FindDeal(id) is { } deal ? ([Shifted(deal.Id, LineItemOffset)!], 19) : null,
    };

    public static SimulatedDeal? DealOfLineItem(SimulatedPopulation population, string id) => Shifted(id, -LineItemOffset) is { } deal ? population.FindDeal(deal) : null;

    public static Dictionary<string, string?> LineItem(SimulatedDeal deal) => new(StringComparer.Ordinal)
    {
        ["hs_object_id"] = Shifted(deal.Id, LineItemOffset),
        ["createdate"] = HubSpotRecords.Time(deal.ClosedAt.AddDays(-14)),
        ["hs_lastmodifieddate"] = HubSpotRecords.Time(deal.ClosedAt),
        ["name"] = deal.Product,
        ["hs_product_id"] = ProductId(deal.Product),
        ["hs_sku"] = deal.Product,
        ["quantity"] = deal.Quantity.ToString(CultureInfo.InvariantCulture),
        ["price"] = (deal.Amount / deal.Quantity).ToString("0.00", CultureInfo.InvariantCulture),
        ["amount"] = deal.Amount.ToString("0.00", CultureInfo.InvariantCulture),
        ["hs_line_item_currency_code"] = deal.Currency,
    };

    /// <summary>HubSpot numbers its products; the number of one follows from its name.</summary>
    private static string ProductId(string sku) => sku.Aggregate(1_000_000_000L, static (number, c) => ((number * 31) + c) % 9_000_000_000).ToString(CultureInfo.InvariantCulture);

    private static string? Shifted(string id, long by) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number + by > 0 ? (number + by).ToString(CultureInfo.InvariantCulture) : null;
}

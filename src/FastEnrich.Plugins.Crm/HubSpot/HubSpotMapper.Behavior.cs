using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

internal sealed partial class HubSpotMapper
{
    private const int MaxChannelLength = 64;

    private static readonly string[] s_activityTimes =
    [
        "hs_analytics_last_visit_timestamp", "hs_email_last_open_date", "hs_email_last_click_date", "notes_last_contacted",
    ];

    private BehaviorPatterns Behavior(HubSpotProperties properties, IEnumerable<HubSpotObject> deals, HubSpotConfidence confidence) => new()
    {
        PageViews = confidence.OfDerived(properties.Count("hs_analytics_num_page_views")) ?? 0,
        ConversionRate = confidence.OfDerived(ConversionRate(properties)) ?? 0,
        PreferredChannels = confidence.OfDerived(Channel(properties.Text("hs_analytics_source")) is { } channel ? [channel] : Array.Empty<string>()),
        ActivityTimes = confidence.OfDerived(ActivityTimes(properties)),
        SearchPatterns = confidence.OfDerived(SearchPatterns(properties)),
        PurchaseHistory = confidence.OfKept(Purchases(properties, deals)),
        EngagementMetrics = confidence.OfDerived(Engagement(properties)),
    };

    private static double? ConversionRate(HubSpotProperties properties) =>
        properties.Count("hs_analytics_num_visits") is { } visits and > 0 && properties.Count("num_conversion_events") is { } conversions
            ? Math.Min(1, (double)conversions / visits)
            : null;

    /// <summary>HubSpot's sources are names in capitals, <c>ORGANIC_SEARCH</c>; anything else is no channel.</summary>
    private static string? Channel(string? source) =>
        source is { Length: <= MaxChannelLength } && source.All(c => char.IsAsciiLetter(c) || c == '_') ? source.ToLowerInvariant() : null;

    private static string[] ActivityTimes(HubSpotProperties properties) =>
    [
        .. s_activityTimes.Select(properties.Time).OfType<DateTimeOffset>().Distinct().OrderDescending().Select(Instant.Format),
    ];

    /// <summary>For a search, the source's details hold the words; engines hide them mostly, and HubSpot says so in words.</summary>
    private static string[] SearchPatterns(HubSpotProperties properties)
    {
        var words = properties.Text("hs_analytics_source") switch
        {
            "ORGANIC_SEARCH" => properties.Text("hs_analytics_source_data_1"),
            "PAID_SEARCH" => properties.Text("hs_analytics_source_data_2"),
            _ => null,
        };
        return words is null || words.StartsWith("Unknown keywords", StringComparison.OrdinalIgnoreCase) ? [] : [words];
    }

    private static IReadOnlyDictionary<string, JsonElement>? Engagement(HubSpotProperties properties)
    {
        var facts = new FactsBuilder();
        facts.Add("visits", properties.Count("hs_analytics_num_visits"));
        facts.Add("event_completions", properties.Count("hs_analytics_num_event_completions"));
        facts.Add("unique_conversions", properties.Count("num_unique_conversion_events"));
        facts.Add("emails_delivered", properties.Count("hs_email_delivered"));
        facts.Add("emails_opened", properties.Count("hs_email_open"));
        facts.Add("emails_clicked", properties.Count("hs_email_click"));
        facts.Add("emails_bounced", properties.Count("hs_email_bounce"));
        facts.Add("contacted_notes", properties.Count("num_contacted_notes"));
        facts.Add("notes", properties.Count("num_notes"));
        facts.Add("deals", properties.Count("num_associated_deals"));
        facts.Add("total_revenue", properties.Number("total_revenue"));
        return facts.Build();
    }

    private PurchaseEvent[] Purchases(HubSpotProperties contact, IEnumerable<HubSpotObject> deals)
    {
        var purchases = options.IncludeDeals ? deals.Select(Purchase) : [RecentPurchase(contact)];
        return [.. purchases.OfType<PurchaseEvent>().OrderByDescending(p => p.Timestamp).ThenBy(p => p.ProductId, StringComparer.Ordinal)];
    }

    private PurchaseEvent? Purchase(HubSpotObject deal)
    {
        var properties = new HubSpotProperties(deal.Properties);
        var won = properties.Flag("hs_is_closed_won") ?? properties.Text("dealstage") == "closedwon"; // the stage's name in the pipeline every account starts with
        return won && !deal.Archived && properties.Number("amount") is { } amount && properties.Time("closedate") is { } closed
            ? new PurchaseEvent
            {
                ProductId = properties.Text(options.DealProductProperty) ?? deal.Id,
                Category = properties.Text("dealtype") ?? properties.Text("pipeline"),
                Amount = amount,
                Currency = Currency(properties.Text("deal_currency_code")),
                Timestamp = closed,
                Channel = Channel(properties.Text("hs_analytics_source")),
            }
            : null;
    }

    private PurchaseEvent? RecentPurchase(HubSpotProperties contact) =>
        contact.Number("recent_deal_amount") is { } amount && contact.Time("recent_deal_close_date") is { } closed
            ? new PurchaseEvent { Amount = amount, Currency = Currency(null), Timestamp = closed }
            : null;

    private string? Currency(string? code)
    {
        if (code is { Length: 3 } && code.All(char.IsAsciiLetter))
        {
            return code.ToUpperInvariant();
        }

        return options.DefaultCurrency.Length > 0 ? options.DefaultCurrency : null;
    }
}

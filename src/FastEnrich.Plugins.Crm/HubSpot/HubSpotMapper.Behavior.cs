using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

internal sealed partial class HubSpotMapper
{
    private const int MaxChannelLength = 64;
    private const int MaxActivityTimes = 100;

    private static readonly string[] s_activityTimes =
    [
        "hs_analytics_last_visit_timestamp", "hs_email_last_open_date", "hs_email_last_click_date", "notes_last_contacted",
    ];

    private BehaviorPatterns Behavior(HubSpotProperties properties, HubSpotHistory history, Confidence confidence)
    {
        var interactions = Interactions(history.Engagements);
        return new BehaviorPatterns
        {
            PageViews = confidence.Derived(properties.Count("hs_analytics_num_page_views")) ?? 0,
            ConversionRate = confidence.Derived(ConversionRate(properties)) ?? 0,
            PreferredChannels = Listed(confidence.Derived(Channels(properties, interactions))),
            ActivityTimes = Listed(confidence.Derived(ActivityTimes(properties, history, interactions))),
            SearchPatterns = Listed(confidence.Derived(SearchPatterns(properties))),
            PurchaseHistory = Listed(confidence.Kept(Purchases(properties, history))),
            EngagementMetrics = confidence.Derived(Engagement(properties, history, interactions)),
        };
    }

    /// <summary>Nothing is nothing, so that behaviour without any is equal to none.</summary>
    private static T[]? Listed<T>(T[]? values) => values is { Length: > 0 } ? values : null;

    private static double? ConversionRate(HubSpotProperties properties) =>
        properties.Count("hs_analytics_num_visits") is { } visits and > 0 && properties.Count("num_conversion_events") is { } conversions
            ? Math.Min(1, (double)conversions / visits)
            : null;

    /// <summary>HubSpot's sources are names in capitals, <c>ORGANIC_SEARCH</c>; anything else is no channel.</summary>
    private static string? Channel(string? source) =>
        source is { Length: <= MaxChannelLength } && source.All(c => char.IsAsciiLetter(c) || c == '_') ? source.ToLowerInvariant() : null;

    /// <summary>The ways that led the contact here, then those that people spoke with it on, most used first.</summary>
    private static string[] Channels(HubSpotProperties properties, IReadOnlyList<HubSpotInteraction> interactions) =>
    [
        .. new[] { Channel(properties.Text("hs_analytics_source")) }.OfType<string>()
            .Concat(interactions
                .Where(interaction => interaction.IsConversation)
                .GroupBy(interaction => interaction.Type)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Key)),
    ];

    private static string[] ActivityTimes(HubSpotProperties properties, HubSpotHistory history, IReadOnlyList<HubSpotInteraction> interactions) =>
    [
        .. s_activityTimes.Select(properties.Time).OfType<DateTimeOffset>()
            .Concat(interactions.Select(interaction => interaction.At).OfType<DateTimeOffset>())
            .Concat(PageViewTimes(history))
            .Distinct().OrderDescending().Take(MaxActivityTimes).Select(Instant.Format).Distinct(),
    ];

    private static IEnumerable<DateTimeOffset> PageViewTimes(HubSpotHistory history) =>
        (history.PageViews ?? []).Select(view => Instant.Parse(RawText.Of(view.OccurredAt))).OfType<DateTimeOffset>();

    private static HubSpotInteraction[] Interactions(IReadOnlyList<(string Kind, HubSpotObject Record)> engagements) =>
        [
            .. engagements.Select(engagement => HubSpotInteraction.Of(engagement.Kind, engagement.Record))
                .OrderByDescending(interaction => interaction.At)
                .ThenBy(interaction => interaction.Type, StringComparer.Ordinal),
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

    private static IReadOnlyDictionary<string, JsonElement>? Engagement(HubSpotProperties properties, HubSpotHistory history, IReadOnlyList<HubSpotInteraction> interactions)
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
        facts.Add("recent_page_views", history.PageViews is { } views ? (long?)views.Count : null);
        if (interactions.Count > 0)
        {
            facts.Add("interactions", writer => HubSpotInteraction.Write(writer, interactions));
        }

        return facts.Build();
    }
}

using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

internal sealed partial class SalesforceMapper
{
    private const int MaxTimes = 100;

    private static BehaviorPatterns Behavior(SalesforceRecord contact, SalesforceDetails details, PurchaseEvent[] purchases, DateTimeOffset now, Confidence confidence)
    {
        var opportunities = details.Opportunities[contact.Id!].ToList();
        var interactions = SalesforceInteraction.Of(contact.Id!, details, now);
        interactions.ForEach(interaction => confidence.SeenAt(interaction.At));
        return new BehaviorPatterns
        {
            ConversionRate = confidence.Derived(ConversionRate(opportunities)) ?? 0,
            PreferredChannels = confidence.Derived(PreferredChannels(contact, interactions)),
            ActivityTimes = confidence.Derived(ActivityTimes(interactions)),
            PurchaseHistory = confidence.Kept(purchases),
            EngagementMetrics = confidence.Derived(Engagement(contact, details, opportunities, purchases, interactions)),
        };
    }

    private static double? ConversionRate(List<SalesforceRecord> opportunities)
    {
        var (won, lost) = (opportunities.Count(IsWon), opportunities.Count(IsLost));
        return won + lost > 0 ? (double)won / (won + lost) : null;
    }

    /// <summary>The channels somebody was met on, the most used first; not those they asked to be left alone on.</summary>
    private static string[] PreferredChannels(SalesforceRecord contact, List<SalesforceInteraction> interactions) =>
    [
        .. interactions.Select(interaction => interaction.Channel).OfType<string>()
            .Where(channel => !(channel == "call" && contact.Flag("DoNotCall") == true) && !(channel == "email" && contact.Flag("HasOptedOutOfEmail") == true))
            .CountBy(channel => channel).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key),
    ];

    private static string[] ActivityTimes(List<SalesforceInteraction> interactions) =>
        [.. interactions.SelectMany(interaction => interaction.Times).Distinct().OrderDescending().Take(MaxTimes).Select(Instant.Format)];

    private static IReadOnlyDictionary<string, JsonElement>? Engagement(
        SalesforceRecord contact, SalesforceDetails details, List<SalesforceRecord> opportunities, PurchaseEvent[] purchases, List<SalesforceInteraction> interactions)
    {
        var cases = details.Cases[contact.Id!].ToList();
        var facts = new FactsBuilder();
        facts.Add("open_cases", Count(cases.Count(row => row.Flag("IsClosed") == false)));
        facts.Add("closed_cases", Count(cases.Count(row => row.Flag("IsClosed") == true)));
        facts.Add("escalated_cases", Count(cases.Count(row => row.Flag("IsEscalated") == true)));
        facts.Add("tasks", Count(details.Tasks[contact.Id!].Count()));
        facts.Add("meetings", Count(details.Events[contact.Id!].Count()));
        facts.Add("deals", Count(opportunities.Count));
        facts.Add("deals_open", Count(opportunities.Count(row => row.Flag("IsClosed") == false)));
        facts.Add("deals_won", Count(opportunities.Count(IsWon)));
        facts.Add("deals_lost", Count(opportunities.Count(IsLost)));
        facts.Add("total_revenue", TotalRevenue(purchases));
        facts.Add("last_activity", Format(contact.Time("LastActivityDate")));
        if (interactions.Count > 0)
        {
            facts.Add("interactions", writer => SalesforceInteraction.Write(writer, interactions));
        }

        return facts.Build();
    }

    /// <summary>What was not read is not zero, and of what was read a zero says little.</summary>
    private static long? Count(int count) => count > 0 ? count : null;

    /// <summary>Amounts of several currencies have no sum.</summary>
    private static decimal? TotalRevenue(PurchaseEvent[] purchases)
    {
        if (purchases.Length == 0 || purchases.DistinctBy(purchase => purchase.Currency).Count() > 1)
        {
            return null;
        }

        try
        {
            return purchases.Sum(purchase => purchase.Amount);
        }
        catch (OverflowException)
        {
            return null; // somebody typed digits until the field was full
        }
    }

    private static string? Channel(string? text) => SalesforceInteraction.ChannelName(text);
}

using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

internal sealed partial class PipedriveMapper
{
    private const int MaxTimes = 20;
    private const int MaxInteractions = 50;
    private const int MaxTypeLength = 64;

    private BehaviorPatterns Behavior(PipedriveDossier dossier, PipedriveNames names, Confidence confidence)
    {
        var activities = dossier.Activities.Select(PipedriveActivity.From).OfType<PipedriveActivity>().ToList();
        return new BehaviorPatterns
        {
            ConversionRate = confidence.Derived(ConversionRate(dossier.Person)) ?? 0,
            PreferredChannels = confidence.Derived(Channels(dossier.Person, activities)),
            ActivityTimes = confidence.Derived(Times(dossier.Person, activities)),
            PurchaseHistory = confidence.Kept(Purchases(dossier, names)),
            EngagementMetrics = confidence.Derived(Engagement(dossier.Person, activities)),
        };
    }

    private static double? ConversionRate(PipedriveRecord person) =>
        person.Count("won_deals_count") is { } won && person.Count("lost_deals_count") is { } lost && won + lost > 0 ? (double)won / (won + lost) : null;

    /// <summary>The ways a person is talked to, the most used first; tasks and deadlines are the vendor's own.</summary>
    private static string[] Channels(PipedriveRecord person, IEnumerable<PipedriveActivity> activities)
    {
        var counts = activities
            .Where(static activity => activity.IsContact)
            .GroupBy(static activity => activity.Type, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.LongCount(), StringComparer.Ordinal);
        if (person.Count("email_messages_count") is { } mails and > 0)
        {
            counts["email"] = counts.GetValueOrDefault("email") + mails;
        }

        return [.. counts.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Key)];
    }

    private static string[] Times(PipedriveRecord person, IEnumerable<PipedriveActivity> activities) =>
    [
        .. activities.Where(static activity => activity.Done && activity.IsContact).Select(static activity => activity.At)
            .Append(person.Time("last_incoming_mail_time")).Append(person.Time("last_outgoing_mail_time"))
            .OfType<DateTimeOffset>().Distinct().OrderDescending().Take(MaxTimes).Select(Instant.Format),
    ];

    private static IReadOnlyDictionary<string, JsonElement>? Engagement(PipedriveRecord person, List<PipedriveActivity> activities)
    {
        var (open, closed) = (person.Count("open_deals_count"), person.Count("closed_deals_count"));
        var facts = new FactsBuilder();
        facts.Add("activities", person.Count("activities_count"));
        facts.Add("activities_done", person.Count("done_activities_count"));
        facts.Add("activities_planned", person.Count("undone_activities_count"));
        facts.Add("emails", person.Count("email_messages_count"));
        facts.Add("notes", person.Count("notes_count"));
        facts.Add("files", person.Count("files_count"));
        facts.Add("followers", person.Count("followers_count"));
        facts.Add("deals", open + closed);
        facts.Add("deals_open", open);
        facts.Add("deals_won", person.Count("won_deals_count"));
        facts.Add("deals_lost", person.Count("lost_deals_count"));
        if (activities.Count > 0)
        {
            facts.Add("interactions", writer => Write(writer, activities));
        }

        return facts.Build();
    }

    /// <summary>Kind, time and whether it took place; subjects and notes are about more people than one.</summary>
    private static void Write(Utf8JsonWriter writer, IEnumerable<PipedriveActivity> activities)
    {
        writer.WriteStartArray();
        foreach (var activity in activities.OrderByDescending(static activity => activity.At).Take(MaxInteractions))
        {
            writer.WriteStartObject();
            writer.WriteString("type", activity.Type);
            if (activity.At is { } time)
            {
                writer.WriteString("timestamp", Instant.Format(time));
            }

            writer.WriteString("status", activity.Done ? "done" : "planned");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private PurchaseEvent[] Purchases(PipedriveDossier dossier, PipedriveNames names) =>
    [
        .. dossier.Deals.Where(static deal => deal.Text("status") == "won").SelectMany(deal => Purchases(deal, dossier, names))
            .OrderByDescending(static purchase => purchase.Timestamp).ThenBy(static purchase => purchase.ProductId, StringComparer.Ordinal),
    ];

    private IEnumerable<PurchaseEvent> Purchases(PipedriveRecord deal, PipedriveDossier dossier, PipedriveNames names)
    {
        if ((deal.Time("won_time") ?? deal.Time("close_time")) is not { } time)
        {
            yield break;
        }

        var whole = new PurchaseEvent
        {
            ProductId = PipedriveFields.TextOf(PipedriveFields.Of(deal, options.DealProductField)) ?? deal.Id,
            Category = PipedriveFields.WordOf(PipedriveFields.Of(deal, options.DealCategoryField)) ?? names.Pipeline(deal),
            Amount = deal.Number("value") ?? 0,
            Currency = Currency.Resolve(deal.Text("currency")),
            Timestamp = time,
            Channel = names.Channel(deal) ?? Origin(deal.Text("origin")),
        };
        var lines = deal.Id is { } id ? dossier.Products[id].Where(static line => line.Number("sum") is not null).ToList() : [];
        foreach (var line in lines)
        {
            yield return whole with
            {
                ProductId = line.IdOf("product_id") ?? line.Text("name") ?? whole.ProductId,
                Amount = line.Number("sum")!.Value,
                Currency = Currency.Resolve(line.Text("currency")) ?? whole.Currency,
            };
        }

        if (lines.Count == 0 && deal.Number("value") is not null)
        {
            yield return whole;
        }
    }

    /// <summary>Pipedrive's origins are names without blanks, <c>ManuallyCreated</c>; anything else is no channel.</summary>
    private static string? Origin(string? origin) =>
        origin is { Length: <= MaxTypeLength } && origin.All(char.IsAsciiLetterOrDigit)
            ? string.Concat(origin.Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(origin[i - 1])
                ? $"_{char.ToLowerInvariant(c)}"
                : $"{char.ToLowerInvariant(c)}"))
            : null;
}

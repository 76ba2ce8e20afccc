using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Maps a contact and its deals. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed partial class HubSpotMapper(HubSpotOptions options, string source, TimeProvider timeProvider)
{
    private const int MaxInterests = 100;
    private const decimal HighestScore = 100;

    public EnrichmentResult Map(HubSpotObject contact, HubSpotProperties properties, IEnumerable<HubSpotObject> deals)
    {
        var now = timeProvider.GetUtcNow();
        var confidence = new HubSpotConfidence();
        var enrichment = new UserEnrichment
        {
            Demographics = Demographics(properties, DateOnly.FromDateTime(now.UtcDateTime), confidence),
            Interests = confidence.OfKept(Interests(properties)),
            SocialConnections = Social(properties, confidence),
            BehaviorPatterns = Behavior(properties, deals, confidence),
            ContextualData = Context(properties, confidence),
            Confidence = confidence.Value,
            Source = source,
            Timestamp = now,
        };
        return EnrichmentResult.Found(enrichment, Identities(contact, properties));
    }

    private static Dictionary<string, string> Identities(HubSpotObject contact, HubSpotProperties properties)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal);
        if (RecordIds.IsValid(contact.Id))
        {
            identities["hubspot_id"] = contact.Id!;
        }

        if (properties.Text("email") is { } email && HubSpotLookup.IsEmail(email))
        {
            identities["email"] = email;
        }

        if (XUsername(properties.Text("twitterhandle")) is { } username)
        {
            identities["x_username"] = username;
        }

        return identities;
    }

    private string[] Interests(HubSpotProperties properties) =>
        [.. properties.Parts(options.InterestsProperty).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxInterests)];

    private IReadOnlyDictionary<string, JsonElement>? Context(HubSpotProperties properties, HubSpotConfidence confidence)
    {
        var facts = new FactsBuilder();
        AddLeadScore(facts, properties, confidence);
        facts.Add("lifecycle_stage", confidence.OfKept(properties.Text("lifecyclestage")));
        facts.Add("lead_status", confidence.OfKept(properties.Text("hs_lead_status")));
        facts.Add("company", confidence.OfKept(properties.Text("company")));
        facts.Add("industry", confidence.OfKept(properties.Text("industry")));
        facts.Add("persona", confidence.OfKept(properties.Text("hs_persona")));
        facts.Add("owner_id", properties.Text("hubspot_owner_id"));
        facts.Add("created_at", Format(properties.Time("createdate")));
        facts.Add("updated_at", Format(properties.Time("lastmodifieddate")));
        foreach (var (name, property) in options.ContextualProperties)
        {
            facts.Add(name, confidence.OfKept(properties.Text(property)));
        }

        return facts.Build();
    }

    private void AddLeadScore(FactsBuilder facts, HubSpotProperties properties, HubSpotConfidence confidence)
    {
        facts.Add("lead_score_tier", properties.Text("hs_predictivescoringtier"));
        if (options.LeadScoreProperty.Length > 0)
        {
            facts.Add("lead_score", confidence.OfKept(Score(properties, options.LeadScoreProperty)));
        }
        else if (Score(properties, "hs_predictivecontactscore_v2") is { } predicted)
        {
            facts.Add("lead_score", confidence.OfDerived<decimal?>(predicted));
        }
        else if (Score(properties, "hubspotscore") is { } frozen)
        {
            facts.Add("lead_score", (decimal?)frozen);
            facts.Add("lead_score_stale", (bool?)true); // HubSpot has not updated this property since August 2025
        }
    }

    private static decimal? Score(HubSpotProperties properties, string name) =>
        properties.Number(name) is { } score ? Math.Clamp(score, 0, HighestScore) : null;

    private static string? Format(DateTimeOffset? time) => time is { } value ? Instant.Format(value) : null;
}

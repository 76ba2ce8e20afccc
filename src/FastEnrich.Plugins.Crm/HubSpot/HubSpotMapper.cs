using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Maps a contact and what is associated with it. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed partial class HubSpotMapper(HubSpotOptions options, string source, TimeProvider timeProvider)
{
    private const int MaxInterests = 100;
    private const int ExpectedFacts = 20; // of a contact that is kept with care: demographics, one network, a year of mails and visits
    private const decimal HighestScore = 100;

    private static readonly BehaviorPatterns s_noBehavior = new();

    public EnrichmentResult Map(HubSpotObject contact, HubSpotProperties properties, HubSpotHistory history)
    {
        var now = timeProvider.GetUtcNow();
        var confidence = new Confidence();
        confidence.Expect(ExpectedFacts);
        confidence.SeenAt(properties.Time("lastmodifieddate"));
        confidence.SeenAt(properties.Time("hs_analytics_last_visit_timestamp"));
        var behavior = Behavior(properties, history, confidence);
        var enrichment = new UserEnrichment
        {
            Demographics = Demographics(properties, DateOnly.FromDateTime(now.UtcDateTime), confidence),
            Interests = confidence.Kept(Interests(properties)),
            SocialConnections = Social(properties, confidence),
            BehaviorPatterns = behavior,
            ContextualData = Context(properties, confidence),
            Confidence = confidence.At(now),
            Source = source,
            Timestamp = now,
            Ttl = behavior == s_noBehavior ? Lifetimes.CrmDemographics : Lifetimes.CrmEngagement,
        };
        return EnrichmentResult.Found(enrichment, Identities(contact, properties));
    }

    private Dictionary<string, string> Identities(HubSpotObject contact, HubSpotProperties properties)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal);
        if (RecordIds.IsValid(contact.Id))
        {
            identities["hubspot_id"] = contact.Id!;
        }

        if (properties.Text("email") is { } email && Email.IsAddress(email))
        {
            identities["email"] = email;
        }

        if (SocialNames.XUsername(properties.Text("twitterhandle")) is { } username)
        {
            identities["x_username"] = username;
        }

        if (SocialNames.FacebookId(properties.Text(options.FacebookIdProperty)) is { } facebookId)
        {
            identities["facebook_id"] = facebookId;
        }

        return identities;
    }

    private string[] Interests(HubSpotProperties properties) =>
        [.. properties.Parts(options.InterestsProperty).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxInterests)];

    private IReadOnlyDictionary<string, JsonElement>? Context(HubSpotProperties properties, Confidence confidence)
    {
        var facts = new FactsBuilder();
        AddLeadScore(facts, properties, confidence);
        facts.Add("lifecycle_stage", confidence.Kept(properties.Text("lifecyclestage")));
        facts.Add("lead_status", confidence.Kept(properties.Text("hs_lead_status")));
        facts.Add("company", confidence.Kept(properties.Text("company")));
        facts.Add("industry", confidence.Kept(properties.Text("industry")));
        facts.Add("persona", confidence.Kept(properties.Text("hs_persona")));
        facts.Add("owner_id", properties.Text("hubspot_owner_id"));
        facts.Add("created_at", Format(properties.Time("createdate")));
        facts.Add("updated_at", Format(properties.Time("lastmodifieddate")));
        foreach (var (name, property) in options.ContextualProperties)
        {
            facts.Add(name, confidence.Kept(properties.Text(property)));
        }

        return facts.Build();
    }

    private void AddLeadScore(FactsBuilder facts, HubSpotProperties properties, Confidence confidence)
    {
        facts.Add("lead_score_tier", properties.Text("hs_predictivescoringtier"));
        if (options.LeadScoreProperty.Length > 0)
        {
            facts.Add("lead_score", confidence.Kept(Score(properties, options.LeadScoreProperty)));
        }
        else if (Score(properties, "hs_predictivecontactscore_v2") is { } predicted)
        {
            facts.Add("lead_score", confidence.Derived<decimal?>(predicted));
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

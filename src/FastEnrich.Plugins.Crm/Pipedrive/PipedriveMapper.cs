using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Maps a person and what was read besides. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed partial class PipedriveMapper(PipedriveOptions options, string source, TimeProvider timeProvider)
{
    private const int ExpectedFacts = 12; // what a well-kept person with deals delivers
    private const int MaxInterests = 100;
    private const decimal HighestScore = 100;

    /// <summary>The fields with a place of their own; any other goes to <c>contextual_data</c>.</summary>
    private static readonly string[] s_places =
    [
        "gender", "education", "income", "marital_status", "occupation", "interests", "lead_score", "lifecycle_stage", "x_username", "facebook_id",
    ];

    private readonly bool _quick = options.Capabilities.Any(static capability => capability is PipedriveCapability.Deals or PipedriveCapability.Activities);

    public EnrichmentResult Map(PipedriveDossier dossier, PipedriveNames names)
    {
        var now = timeProvider.GetUtcNow();
        var person = dossier.Person;
        var confidence = new Confidence();
        confidence.Expect(ExpectedFacts);
        confidence.SeenAt(person.Time("update_time") ?? person.Time("add_time"));
        var labels = new PipedriveLabels(person);
        var enrichment = new UserEnrichment
        {
            Demographics = Demographics(person, DateOnly.FromDateTime(now.UtcDateTime), confidence),
            Interests = confidence.Kept(Interests(person, labels)),
            SocialConnections = Social(person, confidence),
            BehaviorPatterns = Behavior(dossier, names, confidence),
            ContextualData = Context(dossier, labels, confidence),
            Confidence = confidence.At(now),
            Source = source,
            Timestamp = now,
            Ttl = _quick ? Lifetimes.CrmEngagement : Lifetimes.CrmDemographics,
        };
        return EnrichmentResult.Found(enrichment, Identities(person));
    }

    private Dictionary<string, string> Identities(PipedriveRecord person)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal) { ["pipedrive_id"] = person.Id! };
        if (PipedriveEmails.Primary(person) is { } email)
        {
            identities["email"] = email;
        }

        if (XUsername(person) is { } username)
        {
            identities["x_username"] = username;
        }

        if (FacebookId(person) is { } facebookId)
        {
            identities["facebook_id"] = facebookId;
        }

        return identities;
    }

    private string[] Interests(PipedriveRecord person, PipedriveLabels labels) =>
        [.. PipedriveFields.WordsOf(Custom(person, "interests")).Concat(labels.Interests).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxInterests)];

    private IReadOnlyDictionary<string, JsonElement>? Context(PipedriveDossier dossier, PipedriveLabels labels, Confidence confidence)
    {
        var person = dossier.Person;
        var organization = dossier.Organization;
        var facts = new FactsBuilder();
        AddLeadScore(facts, dossier, confidence);
        facts.Add("lifecycle_stage", confidence.Kept(PipedriveFields.WordOf(Custom(person, "lifecycle_stage")) ?? labels.LifecycleStage));
        facts.Add("lead_status", confidence.Kept(labels.LeadStatus));
        facts.Add("company", confidence.Kept(organization?.Text("name") ?? person.Text("org_name")));
        facts.Add("company_employees", confidence.Kept(organization?.Count("employee_count")));
        facts.Add("company_country", confidence.Kept(CountryCodes.Resolve(organization?.Object("address").Text("country"))));
        facts.Add("company_id", person.IdOf("org_id"));
        facts.Add("owner_id", person.IdOf("owner_id"));
        facts.Add("created_at", Format(person.Time("add_time")));
        facts.Add("updated_at", Format(person.Time("update_time")));
        foreach (var (name, key) in options.CustomFields.Where(static field => !s_places.Contains(field.Key)))
        {
            AddCustom(facts, name, confidence.Kept(PipedriveFields.TextOf(PipedriveFields.Of(person, key))), PipedriveFields.Of(person, key));
        }

        return facts.Build();
    }

    private void AddLeadScore(FactsBuilder facts, PipedriveDossier dossier, Confidence confidence)
    {
        if (PipedriveFields.NumberOf(Custom(dossier.Person, "lead_score")) is { } score)
        {
            facts.Add("lead_score", confidence.Kept<decimal?>(Math.Clamp(score, 0, HighestScore)));
        }
        else if (dossier.Deals.Where(static deal => deal.Text("status") == "open").Max(static deal => deal.Number("probability")) is { } probability)
        {
            facts.Add("lead_score", confidence.Derived<decimal?>(Math.Clamp(probability, 0, HighestScore))); // how sure the vendor's people are of the best deal
        }
    }

    private static void AddCustom(FactsBuilder facts, string name, string? text, JsonElement value)
    {
        if (text is not null && value.ValueKind == JsonValueKind.Number && PipedriveFields.NumberOf(value) is { } number)
        {
            facts.Add(name, (decimal?)number);
        }
        else
        {
            facts.Add(name, text);
        }
    }

    private JsonElement Custom(PipedriveRecord person, string name) =>
        options.CustomFields.TryGetValue(name, out var key) ? PipedriveFields.Of(person, key) : default;

    private static string? Format(DateTimeOffset? time) => time is { } value ? Instant.Format(value) : null;
}

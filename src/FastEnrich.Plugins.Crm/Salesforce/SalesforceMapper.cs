using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Maps a contact and what belongs to it. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed partial class SalesforceMapper(SalesforceOptions options, string source, TimeProvider timeProvider)
{
    private const int MaxInterests = 100;
    private const int ExpectedFacts = 12; // of a contact whose page somebody filled in
    private const decimal HighestScore = 100;

    private readonly TimeSpan _lifetime = options.Capabilities.Any(capability => capability != SalesforceCapability.Company) ? Lifetimes.CrmEngagement : Lifetimes.CrmDemographics;

    public EnrichmentResult Map(SalesforceRecord contact, SalesforceDetails details, string? validator)
    {
        var now = timeProvider.GetUtcNow();
        var confidence = new Confidence();
        confidence.Expect(ExpectedFacts);
        confidence.SeenAt(contact.Time("SystemModstamp"));
        confidence.SeenAt(contact.Time("LastActivityDate"));
        var purchases = Purchases(details.Opportunities[contact.Id!], details);
        var enrichment = new UserEnrichment
        {
            Demographics = Demographics(contact, DateOnly.FromDateTime(now.UtcDateTime), confidence),
            Interests = Interests(contact, details, confidence),
            BehaviorPatterns = Behavior(contact, details, purchases, now, confidence),
            ContextualData = Context(contact, details, confidence),
            Confidence = confidence.At(now),
            Source = source,
            Timestamp = now,
            Ttl = _lifetime,
        };
        return EnrichmentResult.Found(enrichment, Identities(contact), validator);
    }

    private Dictionary<string, string> Identities(SalesforceRecord contact)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal) { ["salesforce_id"] = contact.Id! };
        if (contact.Text("Email") is { } email && SalesforceLookup.IsEmail(email))
        {
            identities["email"] = email;
        }

        if (SocialNames.XUsername(contact.Text(options.XUsernameField)) is { } username)
        {
            identities["x_username"] = username;
        }

        if (SocialNames.FacebookId(contact.Text(options.FacebookIdField)) is { } facebookId)
        {
            identities["facebook_id"] = facebookId;
        }

        return identities;
    }

    /// <summary>What somebody chose counts; only where no field for that is configured, what they bought does.</summary>
    private string[] Interests(SalesforceRecord contact, SalesforceDetails details, Confidence confidence)
    {
        if (options.InterestsField.Length > 0)
        {
            return confidence.Kept(Distinct(contact.Parts(options.InterestsField)))!;
        }

        var families = details.Opportunities[contact.Id!]
            .Where(IsWon)
            .SelectMany(won => details.LineItems[won.Id!])
            .Select(item => item.Child("Product2")?.Text("Family"))
            .OfType<string>();
        return confidence.Derived(Distinct(families))!;
    }

    private static string[] Distinct(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxInterests)];

    private IReadOnlyDictionary<string, JsonElement>? Context(SalesforceRecord contact, SalesforceDetails details, Confidence confidence)
    {
        var facts = new FactsBuilder();
        facts.Add("lead_score", confidence.Kept(Score(contact)));
        var account = contact.Child("Account") ?? (contact.Reference("AccountId") is { } id ? details.Accounts.GetValueOrDefault(id) : null);
        if (account is not null)
        {
            facts.Add("lead_score_tier", confidence.Kept(account.Text("Rating")));
            facts.Add("company", confidence.Kept(account.Text("Name")));
            facts.Add("industry", confidence.Kept(account.Text("Industry")));
            facts.Add("company_employees", confidence.Kept(account.Count("NumberOfEmployees")));
            facts.Add("company_revenue", confidence.Kept(account.Number("AnnualRevenue")));
        }

        facts.Add("company_id", contact.Reference("AccountId"));
        facts.Add("department", confidence.Kept(contact.Text("Department")));
        facts.Add("lead_source", confidence.Kept(contact.Text("LeadSource")));
        facts.Add("owner_id", contact.Reference("OwnerId"));
        facts.Add("do_not_call", contact.Flag("DoNotCall"));
        facts.Add("email_opt_out", contact.Flag("HasOptedOutOfEmail"));
        facts.Add("created_at", Format(contact.Time("CreatedDate")));
        facts.Add("updated_at", Format(contact.Time("SystemModstamp")));
        foreach (var (name, field) in options.ContextualFields)
        {
            facts.Add(name, confidence.Kept(contact.Text(field)));
        }

        return facts.Build();
    }

    private decimal? Score(SalesforceRecord contact) =>
        options.LeadScoreField.Length > 0 && contact.Number(options.LeadScoreField) is { } score ? Math.Clamp(score, 0, HighestScore) : null;

    private static string? Format(DateTimeOffset? time) => time is { } value ? Instant.Format(value) : null;
}

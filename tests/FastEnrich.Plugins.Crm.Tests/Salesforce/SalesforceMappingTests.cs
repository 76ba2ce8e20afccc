using System.Text.Json;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

public sealed class SalesforceMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SalesforceOptions s_options = SalesforceFixture.Static with
    {
        MultiCurrency = true,
        GenderField = "GenderIdentity",
        IncomeField = "Income__c",
        EducationField = "Education__c",
        MaritalStatusField = "Marital_Status__c",
        InterestsField = "Interests__c",
        LeadScoreField = "Score__c",
        XUsernameField = "X__c",
        FacebookIdField = "Facebook__c",
        ContextualFields = new Dictionary<string, string> { ["tier"] = "Tier__c" },
    };

    [Fact]
    public async Task Map_FullContact_FillsDemographics()
    {
        var demographics = (await EnrichAsync(s_options)).Enrichment!.Demographics!;

        Assert.Equal(
            new Demographics
            {
                Age = 35, // 36 on the day after
                Gender = "Female",
                Income = "50-75k",
                MaritalStatus = "Married",
                Education = "MSc Hydrology",
                Occupation = "Water Engineer",
                City = "Utrecht",
                Country = "NL",
                Location = "Utrecht, UT, the netherlands",
            },
            demographics);
    }

    [Fact]
    public async Task Map_LineItems_ArePurchasesAndOpportunitiesWithoutThemToo()
    {
        var purchases = (await EnrichAsync(s_options with { ProductField = "ProductCode" })).Enrichment!.BehaviorPatterns!.PurchaseHistory!;

        Assert.Equal(
            [
                new PurchaseEvent { ProductId = "006dM00000Mw7VuQAJ", Amount = 100, Currency = "CHF", Timestamp = new(2025, 12, 24, 0, 0, 0, TimeSpan.Zero) },
                new PurchaseEvent { ProductId = "CASE-1", Category = "New Customer", Amount = 10, Currency = "EUR", Timestamp = new(2025, 11, 3, 0, 0, 0, TimeSpan.Zero), Channel = "web" },
                new PurchaseEvent { ProductId = "GAUGE-7", Category = "instruments", Amount = 300.5m, Currency = "EUR", Timestamp = new(2025, 11, 3, 0, 0, 0, TimeSpan.Zero), Channel = "web" },
            ],
            purchases);
    }

    [Fact]
    public async Task Map_WithoutLineItems_OpportunitiesArePurchases()
    {
        var options = s_options with { Capabilities = [SalesforceCapability.PurchaseHistory], MultiCurrency = false, DefaultCurrency = "USD" };

        var purchases = (await EnrichAsync(options)).Enrichment!.BehaviorPatterns!.PurchaseHistory!;

        Assert.Equal(["006dM00000Mw7VuQAJ", "006dM00000Mw7VtQAJ"], purchases.Select(purchase => purchase.ProductId));
    }

    [Theory]
    [InlineData("""{"IsWon":null,"StageName":"Closed Won","Amount":5,"CloseDate":"2026-01-01"}""", 5.0, null)]
    [InlineData("""{"StageName":"Closed Won","Amount":"5.25","CloseDate":"2026-01-01","CurrencyIsoCode":"usd"}""", 5.25, "USD")]
    [InlineData("""{"IsWon":true,"Amount":5,"CloseDate":"2026-01-01","CurrencyIsoCode":"DOLLARS"}""", 5.0, null)]
    [InlineData("""{"IsWon":true,"Amount":null,"CloseDate":"2026-01-01"}""", null, null)]
    [InlineData("""{"IsWon":true,"Amount":5,"CloseDate":null}""", null, null)]
    [InlineData("""{"IsWon":false,"StageName":"Closed Won","Amount":5,"CloseDate":"2026-01-01"}""", null, null)]
    public async Task Map_Opportunity_IsAPurchaseWhenWonWithAmountAndDay(string fields, double? amount, string? currency)
    {
        var row = $$"""[{"Id":"006dM00000Mw7VtQAJ","OpportunityContactRoles":{"records":[{"ContactId":"{{SalesforceUpstream.ContactId}}"}]},{{fields[1..]}}]""";

        var result = await EnrichAsync(s_options, Read("contact-full.json"), new() { ["Opportunity"] = row });

        var purchases = result.Enrichment!.BehaviorPatterns?.PurchaseHistory ?? [];
        Assert.Equal((amount, currency), ((double?)purchases.SingleOrDefault()?.Amount, purchases.SingleOrDefault()?.Currency));
    }

    [Fact]
    public async Task Map_Interactions_FillBehavior()
    {
        var behavior = (await EnrichAsync(s_options)).Enrichment!.BehaviorPatterns!;

        Assert.Equal(2 / 3d, behavior.ConversionRate, 9);
        Assert.Equal(["email", "meeting", "web"], behavior.PreferredChannels); // no calls: they asked not to be called
        Assert.Equal("2026-02-20T14:00:00Z", behavior.ActivityTimes![0]);
        Assert.Equal(8, behavior.ActivityTimes.Count);
        var metrics = behavior.EngagementMetrics!;
        Assert.Equal((1, 1, 1, 3, 2), (Count("open_cases"), Count("closed_cases"), Count("escalated_cases"), Count("tasks"), Count("meetings")));
        Assert.Equal((4, 1, 2, 1), (Count("deals"), Count("deals_open"), Count("deals_won"), Count("deals_lost")));
        Assert.False(metrics.ContainsKey("total_revenue")); // francs and euros have no sum
        int Count(string name) => metrics[name].GetInt32();
    }

    [Fact]
    public async Task Map_Interactions_AreListedNewestFirst()
    {
        var interactions = (await EnrichAsync(s_options)).Enrichment!.BehaviorPatterns!.EngagementMetrics!["interactions"].EnumerateArray().Select(entry => entry.GetRawText()).ToList();

        Assert.Equal("""{"type":"meeting","timestamp":"2026-02-20T14:00:00Z","channel":"meeting"}""", interactions[0]);
        Assert.Equal("""{"type":"task","timestamp":"2026-02-12T09:00:00Z","status":"open"}""", interactions[1]);
        Assert.Equal("""{"type":"case","timestamp":"2026-01-20T08:00:00Z","channel":"call","status":"closed"}""", interactions[^1]);
        Assert.Equal(6, interactions.Count); // neither the meeting to come nor somebody else's case
    }

    [Fact]
    public async Task Map_FullContact_FillsContextAndIdentities()
    {
        var result = await EnrichAsync(s_options);

        var context = result.Enrichment!.ContextualData!;
        Assert.Equal((100, 45_000_000), (context["lead_score"].GetInt32(), context["company_revenue"].GetInt32()));
        Assert.Equal(("Lowland Works", "Engineering", "Hot", "gold"), (Text("company"), Text("industry"), Text("lead_score_tier"), Text("tier")));
        Assert.Equal(("2024-05-01T07:25:37Z", "2026-02-19T10:00:00Z"), (Text("created_at"), Text("updated_at")));
        Assert.Equal(["rivers", "sailing", "maps"], result.Enrichment.Interests);
        Assert.Equal(
            (SalesforceUpstream.ContactId, "Mara.Quist@example.org", "mara_quist", "100001234567890"),
            (result.Identities!["salesforce_id"], result.Identities["email"], result.Identities["x_username"], result.Identities["facebook_id"]));
        string? Text(string name) => context[name].GetString();
    }

    [Fact]
    public async Task Map_WithoutInterestsField_TheFamiliesOfPurchasesStandIn() =>
        Assert.Equal(["instruments"], (await EnrichAsync(s_options with { InterestsField = "" })).Enrichment!.Interests);

    [Fact]
    public async Task Map_NothingConfigured_InventsNothing()
    {
        var enrichment = (await EnrichAsync(SalesforceFixture.Static with { Capabilities = [] }, """{"Id":"003dM00001vWOXJQA4"}""", [])).Enrichment!;

        Assert.Equal((null, null, null, null, null), (enrichment.Demographics, enrichment.Interests, enrichment.SocialConnections, enrichment.BehaviorPatterns, enrichment.ContextualData));
        Assert.Equal(0.1, enrichment.Confidence);
    }

    [Theory]
    [InlineData("US", "Vereinigte Staaten", "US")]
    [InlineData("", "USA", "US")]
    [InlineData("??", "Atlantis", "Atlantis")]
    public async Task Map_Country_PrefersTheCode(string code, string country, string expected)
    {
        var contact = $$"""{"Id":"003dM00001vWOXJQA4","MailingAddress":{"countryCode":"{{code}}","country":"{{country}}"} }""";

        Assert.Equal(expected, (await EnrichAsync(s_options, contact, [])).Enrichment!.Demographics!.Country);
    }

    [Theory]
    [InlineData(new[] { SalesforceCapability.PurchaseHistory }, 1)]
    [InlineData(new[] { SalesforceCapability.Company }, 24)]
    [InlineData(new SalesforceCapability[0], 24)]
    public async Task Map_Lifetime_FollowsTheKindOfData(SalesforceCapability[] capabilities, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), (await EnrichAsync(s_options with { Capabilities = capabilities })).Enrichment!.Ttl);

    [Fact]
    public async Task Map_Confidence_FallsWithAgeAndMissingFacts()
    {
        var full = (await EnrichAsync(s_options)).Enrichment!.Confidence;
        var old = (await EnrichAsync(s_options with { Capabilities = [] }, """{"Id":"003dM00001vWOXJQA4","Title":"Engineer","SystemModstamp":"2020-01-01T00:00:00.000+0000"}""", [])).Enrichment!.Confidence;

        Assert.InRange(full, 0.8, 0.9);
        Assert.InRange(old, 0.5, full - 0.05);
    }

    internal static Task<EnrichmentResult> EnrichAsync(SalesforceOptions options) => EnrichAsync(options, Read("contact-full.json"), new()
    {
        ["Account"] = Read("account.json"),
        ["Opportunity"] = Read("opportunities.json"),
        ["OpportunityLineItem"] = Read("line-items.json"),
        ["Case"] = Read("cases.json"),
        ["Task"] = Read("tasks.json"),
        ["Event"] = Read("events.json"),
    });

    internal static async Task<EnrichmentResult> EnrichAsync(SalesforceOptions options, string contact, Dictionary<string, string> rows) =>
        await SalesforceFixture.Plugin(options, SalesforceUpstream.Answering(contact, rows), new FakeTimeProvider(s_now)).EnrichAsync(new EnrichmentRequest(SalesforceUpstream.ContactId), default);

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Salesforce", "Fixtures", file));
}

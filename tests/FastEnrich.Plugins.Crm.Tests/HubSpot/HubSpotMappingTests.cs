using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

public sealed class HubSpotMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Map_FullContact_FillsDemographics()
    {
        var demographics = (await EnrichAsync()).Enrichment!.Demographics!;

        Assert.Equal(
            new Demographics
            {
                Age = 35,
                Gender = "female",
                MaritalStatus = "In a relationship",
                Education = "MSc, Hydrology, Delta University (2014)",
                Occupation = "Water Engineer",
                City = "Utrecht",
                Country = "NL",
                Location = "Utrecht, the netherlands",
            },
            demographics);
    }

    [Fact]
    public async Task Map_FullContact_FillsSocialConnections()
    {
        var social = (await EnrichAsync()).Enrichment!.SocialConnections!;

        Assert.Equal(["x", "linkedin"], social.Platforms);
        Assert.Equal((1500, 1200d), (social.Connections, social.Influence));
        Assert.Equal((4, 2), (social.Interactions!["x_clicks"].GetInt32(), social.Interactions["linkedin_clicks"].GetInt32()));
    }

    [Fact]
    public async Task Map_FullContact_FillsBehavior()
    {
        var behavior = (await EnrichAsync()).Enrichment!.BehaviorPatterns!;

        Assert.Equal((48, 0.25), (behavior.PageViews, behavior.ConversionRate));
        Assert.Equal(["organic_search"], behavior.PreferredChannels);
        Assert.Equal(["flood maps"], behavior.SearchPatterns);
        Assert.Equal(["2026-01-20T08:30:00Z", "2026-01-20T08:00:00Z"], behavior.ActivityTimes);
        Assert.Equal((12, 9, 410.50m), (behavior.EngagementMetrics!["visits"].GetInt32(), behavior.EngagementMetrics["emails_opened"].GetInt32(), behavior.EngagementMetrics["total_revenue"].GetDecimal()));
    }

    [Fact]
    public async Task Map_Deals_WonOnesWithAnAmountArePurchases()
    {
        var purchases = (await EnrichAsync()).Enrichment!.BehaviorPatterns!.PurchaseHistory!;

        Assert.Equal(
            [
                new PurchaseEvent { ProductId = "502", Category = "shop", Amount = 100, Currency = "CHF", Timestamp = new(2025, 12, 24, 0, 0, 0, TimeSpan.Zero) },
                new PurchaseEvent { ProductId = "GAUGE-7", Category = "newbusiness", Amount = 310.50m, Currency = "EUR", Timestamp = new(2025, 11, 3, 12, 0, 0, TimeSpan.Zero), Channel = "email_marketing" },
            ],
            purchases);
    }

    [Fact]
    public async Task Map_FullContact_FillsContextAndIdentities()
    {
        var result = await EnrichAsync();

        var context = result.Enrichment!.ContextualData!;
        Assert.Equal(100, context["lead_score"].GetInt32());
        Assert.Equal(("customer", "gold", "Lowland Works"), (context["lifecycle_stage"].GetString(), context["tier"].GetString(), context["company"].GetString()));
        Assert.Equal(["rivers", "sailing", "maps"], result.Enrichment.Interests);
        Assert.Equal(("Mara.Quist@example.org", "mara_quist", "90071"), (result.Identities!["email"], result.Identities["x_username"], result.Identities["hubspot_id"]));
    }

    [Fact]
    public async Task Map_FullContact_IsStampedAndLivesAnHour()
    {
        var enrichment = (await EnrichAsync()).Enrichment!;

        Assert.Equal(("hubspot", s_now, TimeSpan.FromHours(1)), (enrichment.Source, enrichment.Timestamp, enrichment.Ttl));
        Assert.Equal(Math.Round((((17 * 0.9) + (7 * 0.7)) / 24) * (1 - (0.15 * 0.5 * 9 / 700)), 2), enrichment.Confidence); // 17 facts kept by the CRM, 7 derived from counters; seen 39 days ago
    }

    [Theory]
    [InlineData("""{}""", 0.1)]
    [InlineData("""{"gender":"f"}""", 0.74)]
    [InlineData("""{"gender":"f","lastmodifieddate":"2026-02-20T00:00:00Z"}""", 0.77)]
    [InlineData("""{"hs_analytics_num_page_views":"5"}""", 0.58)]
    [InlineData("""{"ip_country":"France"}""", 0.33)]
    [InlineData("""{"gender":"f","ip_country":"France"}""", 0.54)]
    public async Task Map_Confidence_FollowsSourcesCompletenessAndAge(string properties, double confidence) =>
        Assert.Equal(confidence, (await MapAsync(properties)).Confidence);

    [Theory]
    [InlineData("1990-06-15", 35)]
    [InlineData("06/15/1990", 35)]
    [InlineData("15/06/1990", 35)]
    [InlineData("15.6.1990", 35)]
    [InlineData("June 15, 1990", 35)]
    [InlineData("645408000000", 35)]
    [InlineData("1990-06-15T00:00:00Z", 35)]
    [InlineData("2026-03-01", 0)]
    [InlineData("2026-03-02", null)]
    [InlineData("1890-01-01", null)]
    [InlineData("a long time ago", null)]
    [InlineData("12", null)]
    [InlineData("1990", null)]
    public async Task Map_DateOfBirth_IsReadLeniently(string text, int? age) =>
        Assert.Equal(age, (await MapAsync($$"""{"date_of_birth":"{{text}}"}""")).Demographics?.Age);

    [Theory]
    [InlineData("""{"country":"Germany"}""", "DE")]
    [InlineData("""{"country":"DEU"}""", "DE")]
    [InlineData("""{"country":" usa "}""", "US")]
    [InlineData("""{"country":"Côte d'Ivoire"}""", "CI")]
    [InlineData("""{"country":"gb"}""", "GB")]
    [InlineData("""{"country":"Atlantis"}""", "Atlantis")]
    [InlineData("""{"ip_country_code":"jp","ip_country":"ignored"}""", "JP")]
    [InlineData("""{"ip_country_code":"??","ip_country":"Japan"}""", "JP")]
    [InlineData("""{"city":"Rome","ip_country":"France"}""", null)]
    public async Task Map_Country_IsACodeWhereRecognised(string properties, string? country) =>
        Assert.Equal(country, (await MapAsync(properties)).Demographics?.Country);

    [Theory]
    [InlineData("""{"hs_predictivecontactscore_v2":"61.5","hubspotscore":"12"}""", "61.5", false)]
    [InlineData("""{"hubspotscore":"12"}""", "12", true)]
    [InlineData("""{"hubspotscore":"-4"}""", "0", true)]
    [InlineData("""{"hubspotscore":"NaN"}""", null, false)]
    public async Task Map_OwnScores_PredictedFirstAndTheFrozenOneMarked(string properties, string? score, bool stale)
    {
        var context = (await MapAsync(properties)).ContextualData;

        Assert.Equal(score, context is not null && context.TryGetValue("lead_score", out var value) ? value.GetRawText() : null);
        Assert.Equal(stale, context is not null && context.ContainsKey("lead_score_stale"));
    }

    [Theory]
    [InlineData("mara_quist", "mara_quist")]
    [InlineData("https://x.com/mara_quist/", "mara_quist")]
    [InlineData("mara quist", null)]
    [InlineData("a_name_that_is_too_long", null)]
    public async Task Map_TwitterHandle_IsANameOrNothing(string handle, string? name)
    {
        var result = await EnrichAsync($$$"""{"id":"1","properties":{"twitterhandle":"{{{handle}}}"}}""", new HubSpotOptions { ApiKey = "token", Capabilities = [] });

        Assert.Equal(name, result.Identities!.GetValueOrDefault("x_username"));
    }

    [Fact]
    public async Task Map_GarbageInSomeFields_DropsThoseFieldsOnly()
    {
        var enrichment = await MapAsync("""{"gender":"f","date_of_birth":{"a":1},"city":["x"],"hs_analytics_num_page_views":"many","followercount":"-3","country":"\ud800","jobtitle":true,"\ud800":"x","hs_analytics_num_visits":7}""");

        Assert.Equal(new Demographics { Gender = "f", Occupation = "true" }, enrichment.Demographics);
        Assert.Equal(0, enrichment.BehaviorPatterns!.PageViews);
        Assert.Equal(7, enrichment.BehaviorPatterns.EngagementMetrics!["visits"].GetInt32());
        Assert.Null(enrichment.SocialConnections);
    }

    internal static async Task<UserEnrichment> MapAsync(string properties) =>
        (await EnrichAsync($$$"""{"id":"1","properties":{{{properties}}}}""", new HubSpotOptions { ApiKey = "token", Capabilities = [] })).Enrichment!;

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "HubSpot", "Fixtures", name));

    private static Task<EnrichmentResult> EnrichAsync() => EnrichAsync(Fixture("contact-full.json"), new HubSpotOptions
    {
        ApiKey = "token",
        LeadScoreProperty = "fit_score",
        InterestsProperty = "topics",
        DealProductProperty = "sku",
        DefaultCurrency = "CHF",
        ContextualProperties = new Dictionary<string, string> { ["tier"] = "loyalty_tier" },
    });

    private static async Task<EnrichmentResult> EnrichAsync(string contact, HubSpotOptions options)
    {
        var upstream = new StubHandler(request => StubHandler.Json(
            StubHandler.AsksForLineItems(request) ? StubHandler.Nothing
            : request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? Fixture("associations.json")
            : request.RequestUri.AbsolutePath.Contains("deals", StringComparison.Ordinal) ? Fixture("deals.json")
            : contact));
        var plugin = new HubSpotPlugin(options, HubSpotFixture.Context(upstream, new FakeTimeProvider(s_now)));
        return await plugin.EnrichAsync(new EnrichmentRequest("90071"), default);
    }
}

using FastEnrich.Plugins.Crm.Pipedrive;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

public sealed class PipedriveMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Map_FullPerson_FillsDemographics() =>
        Assert.Equal(
            new Demographics { Age = 35, Gender = "female", Occupation = "Water Engineer", City = "Utrecht", Country = "NL", Location = "Utrecht, the netherlands" },
            (await EnrichAsync()).Enrichment!.Demographics);

    [Fact]
    public async Task Map_FullPerson_FillsInterestsAndPlatforms()
    {
        var enrichment = (await EnrichAsync()).Enrichment!;

        Assert.Equal(["Rivers", "sailing", "Hydrology"], enrichment.Interests);
        Assert.Equal(["x", "facebook", "skype"], enrichment.SocialConnections!.Platforms);
    }

    [Fact]
    public async Task Map_FullPerson_FillsBehavior()
    {
        var behavior = (await EnrichAsync()).Enrichment!.BehaviorPatterns!;

        Assert.Equal(0.75, behavior.ConversionRate);
        Assert.Equal(["email", "meeting", "call"], behavior.PreferredChannels);
        Assert.Equal(["2026-02-18T10:00:00Z", "2026-01-20T08:30:00Z", "2026-01-10T14:00:00Z"], behavior.ActivityTimes);
        Assert.Equal((5, 5, 3), (behavior.EngagementMetrics!["deals"].GetInt32(), behavior.EngagementMetrics["activities"].GetInt32(), behavior.EngagementMetrics["deals_won"].GetInt32()));
        Assert.Equal(
            """[{"type":"meeting","timestamp":"2026-04-01T10:00:00Z","status":"planned"},{"type":"call","timestamp":"2026-01-20T08:30:00Z","status":"done"},{"type":"meeting","timestamp":"2026-01-10T14:00:00Z","status":"done"},{"type":"task","timestamp":"2026-01-05T16:00:00Z","status":"done"}]""",
            behavior.EngagementMetrics["interactions"].GetRawText());
    }

    [Fact]
    public async Task Map_Deals_WonOnesWithATimeArePurchasesByProduct()
    {
        var purchases = (await EnrichAsync()).Enrichment!.BehaviorPatterns!.PurchaseHistory!;

        var fair = new PurchaseEvent { Category = "Instruments", Currency = "EUR", Timestamp = new(2025, 11, 3, 12, 0, 0, TimeSpan.Zero), Channel = "Trade fair" };
        Assert.Equal(
            [
                new PurchaseEvent { ProductId = "GAUGE-7", Category = "Gauges", Amount = 100, Currency = "CHF", Timestamp = new(2025, 12, 24, 0, 0, 0, TimeSpan.Zero), Channel = "api" },
                fair with { ProductId = "700", Amount = 300 },
                fair with { ProductId = "701", Amount = 10.5m },
            ],
            purchases);
    }

    [Fact]
    public async Task Map_WithoutNames_CategoryIsThePipelinesId()
    {
        var purchases = (await EnrichAsync(connect: false)).Enrichment!.BehaviorPatterns!.PurchaseHistory!;

        Assert.Equal(("2", "manually_created"), (purchases[1].Category, purchases[1].Channel));
    }

    [Fact]
    public async Task Map_FullPerson_FillsContextAndIdentities()
    {
        var result = await EnrichAsync();

        var context = result.Enrichment!.ContextualData!;
        Assert.Equal((100, "lead", "hot"), (context["lead_score"].GetInt32(), context["lifecycle_stage"].GetString(), context["lead_status"].GetString()));
        Assert.Equal(("Lowland Works", 40, "NL"), (context["company"].GetString(), context["company_employees"].GetInt32(), context["company_country"].GetString()));
        Assert.Equal(("gold", "2500", "77"), (context["tier"].GetString(), context["budget"].GetString(), context["owner_id"].GetString()));
        Assert.Equal(
            new Dictionary<string, string> { ["pipedrive_id"] = "1", ["email"] = "Mara.Quist@example.org", ["x_username"] = "mara_quist", ["facebook_id"] = "10150000000000017" },
            result.Identities);
    }

    [Fact]
    public async Task Map_FullPerson_IsStampedAndKnowsNoStreet()
    {
        var result = await EnrichAsync();

        Assert.Equal(("pipedrive", s_now, TimeSpan.FromHours(1)), (result.Enrichment!.Source, result.Enrichment.Timestamp, result.Enrichment.Ttl));
        Assert.InRange(result.Enrichment.Confidence, 0.8, 0.9);
        Assert.DoesNotContain("Keizersgracht", System.Text.Json.JsonSerializer.Serialize(result.Enrichment, FastEnrichJsonContext.Default.UserEnrichment));
    }

    [Fact]
    public async Task Map_PersonAlone_LivesADayAndIsTrustedLittle()
    {
        var enrichment = (await MapAsync("""{"id":1}""", PipedriveFixture.Plain with { Capabilities = [] })).Enrichment!;

        Assert.Equal((TimeSpan.FromHours(24), 0.1), (enrichment.Ttl, enrichment.Confidence));
        Assert.Null(enrichment.BehaviorPatterns);
    }

    [Theory]
    [InlineData("""{"id":31,"label":"female"}""", "female")]
    [InlineData("31", null)]
    [InlineData("\"31\"", null)]
    [InlineData("\" f \"", "f")]
    [InlineData("[31]", null)]
    [InlineData("""[{"id":1,"label":"f"},{"id":2,"label":"m"}]""", "f, m")]
    [InlineData("""{"label":{}}""", null)]
    [InlineData("null", null)]
    [InlineData("\"\\ud800\"", null)]
    public async Task Map_CustomField_IsTheOptionsLabelOrNothing(string value, string? gender) =>
        Assert.Equal(gender, (await MapAsync($$$"""{"id":1,"custom_fields":{"{{{PipedriveFixture.Gender}}}":{{{value}}}}}""")).Enrichment!.Demographics?.Gender);

    [Theory]
    [InlineData("""{"open_deals_count":1}""", "65")]
    [InlineData("""{"open_deals_count":0,"won_deals_count":0}""", null)]
    public async Task Map_WithoutAScoreField_TheBestOpenDealIsTheScore(string counters, string? score)
    {
        var person = $$"""{"id":1,{{counters[1..]}}""";

        var context = (await MapAsync(person, PipedriveFixture.Plain)).Enrichment!.ContextualData;

        Assert.Equal(score, context is not null && context.TryGetValue("lead_score", out var value) ? value.GetRawText() : null);
    }

    [Theory]
    [InlineData("""[{"id":1,"label":"Customer"}]""", "customer", null, 0)]
    [InlineData("""[{"id":1,"label":"cold lead"}]""", "lead", "cold", 0)]
    [InlineData("""[{"id":1,"label":"Wine"},{"id":2,"label":"wine"},{"id":3},7,null]""", null, null, 1)]
    public async Task Map_Labels_AreStagesOrInterests(string labels, string? stage, string? status, int interests)
    {
        var enrichment = (await MapAsync($$"""{"id":1,"label_ids":[1],"labels":{{labels}}}""")).Enrichment!;

        Assert.Equal(stage, enrichment.ContextualData is { } context && context.TryGetValue("lifecycle_stage", out var value) ? value.GetString() : null);
        Assert.Equal(status, enrichment.ContextualData is { } data && data.TryGetValue("lead_status", out var lead) ? lead.GetString() : null);
        Assert.Equal(interests, enrichment.Interests?.Count ?? 0);
    }

    [Fact]
    public async Task Map_GarbageInSomeFields_DropsThoseFieldsOnly()
    {
        var result = await MapAsync("""{"id":1,"birthday":{"a":1},"job_title":true,"postal_address":["x"],"emails":[null,7,{"value":"no address"},{"value":"a@example.org"}],"label_ids":"x","im":{},"won_deals_count":"many","lost_deals_count":-1,"notes_count":7,"update_time":"soon","custom_fields":[1],"\ud800":"x","org_id":{"value":"twelve"}}""");

        Assert.Equal(new Demographics { Occupation = "true" }, result.Enrichment!.Demographics);
        Assert.Equal((0, 7), (result.Enrichment.BehaviorPatterns!.ConversionRate, result.Enrichment.BehaviorPatterns.EngagementMetrics!["notes"].GetInt32()));
        Assert.Equal("a@example.org", result.Identities!["email"]);
    }

    internal static async Task<EnrichmentResult> MapAsync(string person, PipedriveOptions? options = null)
    {
        var stub = PipedriveStub.Person(PipedriveStub.One(person)).On("/api/v2/deals", Fixture("deals.json"));
        stub.On("/api/v2/persons/1", PipedriveStub.One(person));
        return await PipedriveFixture.Plugin(stub, options ?? PipedriveFixture.Mapped with { Capabilities = [PipedriveCapability.Activities] }, new FakeTimeProvider(s_now)).EnrichAsync(new EnrichmentRequest("1"), default);
    }

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pipedrive", "Fixtures", name));

    private static async Task<EnrichmentResult> EnrichAsync(bool connect = true)
    {
        var stub = new PipedriveStub()
            .On("/v1/users/me", PipedriveStub.One("""{"id":1}"""))
            .On("/api/v2/pipelines", Fixture("pipelines.json"))
            .On("/api/v2/dealFields", Fixture("deal-fields.json"))
            .On("/api/v2/persons/1", Fixture("person-full.json"))
            .On("/api/v2/deals", Fixture("deals.json"))
            .On("/api/v2/deals/products", Fixture("products.json"))
            .On("/api/v2/activities", Fixture("activities.json"))
            .On("/api/v2/organizations/12", Fixture("organization.json"));
        var plugin = PipedriveFixture.Plugin(stub, PipedriveFixture.Mapped with { DealProductField = PipedriveFixture.Sku, DealCategoryField = PipedriveFixture.Line }, new FakeTimeProvider(s_now));
        if (connect)
        {
            await plugin.ConnectAsync(default);
        }

        return await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
    }
}

using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>What is associated with a contact: line items, engagements, page views.</summary>
public sealed class HubSpotHistoryTests
{
    private const string Contact = """{"id":"1","properties":{"hs_analytics_source":"PAID_SOCIAL"}}""";
    private const string WonDeal = """{"results":[{"id":"7","properties":{"amount":"100","closedate":"2026-01-02T00:00:00Z","hs_is_closed_won":"true","deal_currency_code":"EUR","dealtype":"newbusiness"}}]}""";

    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task LineItems_OfAWonDeal_AreAPurchaseEach()
    {
        var purchases = await PurchasesAsync(
            """{"id":"81","properties":{"hs_product_id":"501","quantity":"3","price":"10.50","amount":"28.35"}}""",
            """{"id":"82","properties":{"hs_product_id":"502","quantity":"2","price":"12.25","hs_line_item_currency_code":"usd"}}""",
            """{"id":"83","properties":{"name":"Setup","price":"5"}}""");

        Assert.Equal(
            [("501", 28.35m, "EUR"), ("502", 24.50m, "USD"), ("Setup", 5m, "EUR")],
            purchases.Select(purchase => (purchase.ProductId!, purchase.Amount, purchase.Currency!)));
        Assert.All(purchases, purchase => Assert.Equal(("newbusiness", new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)), (purchase.Category, purchase.Timestamp)));
    }

    [Theory]
    [InlineData("""{"id":"81","properties":{"hs_product_id":"501"}}""")]
    [InlineData("""{"id":"81","properties":{"price":"79228162514264337593543950335","quantity":"1000000"}}""")]
    [InlineData("""{"id":"81","properties":{"price":"many","quantity":"some"}}""")]
    [InlineData("""{"id":"81","archived":true,"properties":{"price":"5"}}""")]
    public async Task LineItems_NoneWithAnAmount_LeavesTheDealItself(string lineItem)
    {
        var purchase = Assert.Single(await PurchasesAsync(lineItem));

        Assert.Equal(("7", 100m, "EUR"), (purchase.ProductId, purchase.Amount, purchase.Currency));
    }

    [Fact]
    public async Task LineItems_LostDeals_AreNotAskedFor()
    {
        var upstream = Upstream(deals: WonDeal.Replace("true", "false", StringComparison.Ordinal));

        await EnrichAsync(upstream);

        Assert.DoesNotContain(upstream.Requests, request => request.Contains("line_items", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Engagements_OfEachKind_AreInteractionsNewestFirstWithoutTheirText()
    {
        var upstream = Upstream(engagements: new()
        {
            ["calls"] = """{"hs_timestamp":"2026-02-01T10:00:00Z","hs_call_direction":"OUTBOUND","hs_call_status":"COMPLETED","hs_call_duration":"61000","hs_call_body":"private"}""",
            ["meetings"] = """{"hs_timestamp":"2026-02-03T10:00:00Z","hs_meeting_outcome":"NO_SHOW","hs_meeting_title":"private"}""",
            ["notes"] = """{"hs_timestamp":"1769940000000","hs_note_body":"private"}""",
            ["tasks"] = """{"hs_timestamp":"some day","hs_task_status":"typed by someone"}""",
        });

        var behavior = (await EnrichAsync(upstream, HubSpotCapability.InteractionTracking)).BehaviorPatterns!;

        Assert.Equal(
            """[{"type":"meeting","timestamp":"2026-02-03T10:00:00Z","status":"no_show"},{"type":"call","timestamp":"2026-02-01T10:00:00Z","direction":"outbound","status":"completed","duration_ms":61000},{"type":"note","timestamp":"2026-02-01T10:00:00Z"},{"type":"task"}]""",
            behavior.EngagementMetrics!["interactions"].GetRawText());
        Assert.Equal(["paid_social", "call", "meeting"], behavior.PreferredChannels);
        Assert.Equal(["2026-02-03T10:00:00Z", "2026-02-01T10:00:00Z"], behavior.ActivityTimes);
        Assert.DoesNotContain(upstream.Bodies, body => body.Contains("body", StringComparison.Ordinal) || body.Contains("title", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Engagements_Many_OnlyTheNewestAreRead()
    {
        var upstream = new StubHandler(request => StubHandler.Json(
            request.RequestUri!.AbsolutePath.Contains("associations/contacts/calls", StringComparison.Ordinal)
                ? $$"""{"results":[{"from":{"id":"1"},"to":[{{string.Join(',', Enumerable.Range(1, 300).Select(id => $$"""{"toObjectId":{{id}}}"""))}}]}]}"""
            : request.RequestUri.AbsolutePath.Contains("contacts/1", StringComparison.Ordinal) ? Contact
            : StubHandler.Nothing));

        await EnrichAsync(upstream, HubSpotCapability.InteractionTracking);

        var asked = JsonDocument.Parse(upstream.Bodies[upstream.Requests.FindIndex(request => request.EndsWith("calls/batch/read", StringComparison.Ordinal) && request.Contains("objects", StringComparison.Ordinal))]).RootElement;
        Assert.Equal(Enumerable.Range(291, 10).Reverse().Select(id => $"{id}"), asked.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task PageViews_OfThirtyDays_AreCountedOverPages()
    {
        var page = 0;
        var upstream = new StubHandler(request => StubHandler.Json(
            !request.RequestUri!.AbsolutePath.StartsWith("/events/", StringComparison.Ordinal) ? Contact
            : page++ == 0 ? """{"results":[{"occurredAt":"2026-02-20T10:00:00Z"},{"occurredAt":1},null],"paging":{"next":{"after":"A="}}}"""
            : """{"results":[{"occurredAt":"2026-02-19T10:00:00Z"}]}"""));

        var behavior = (await EnrichAsync(upstream, HubSpotCapability.PageViews)).BehaviorPatterns!;

        Assert.Equal(3, behavior.EngagementMetrics!["recent_page_views"].GetInt32());
        Assert.Equal(["2026-02-20T10:00:00Z", "2026-02-19T10:00:00Z"], behavior.ActivityTimes);
        Assert.Contains("objectType=contact&objectId=1&eventType=e_visited_page&occurredAfter=2026-01-30T12%3A00%3A00Z&limit=100", upstream.Requests[1], StringComparison.Ordinal);
        Assert.EndsWith("&after=A%3D", upstream.Requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageViews_EndlessPages_AreGivenUp()
    {
        var upstream = new StubHandler(request => StubHandler.Json(
            request.RequestUri!.AbsolutePath.StartsWith("/events/", StringComparison.Ordinal) ? """{"results":[{"occurredAt":"2026-02-20T10:00:00Z"}],"paging":{"next":{"after":"A"}}}""" : Contact));

        await EnrichAsync(upstream, HubSpotCapability.PageViews);

        Assert.Equal(4, upstream.Requests.Count);
    }

    [Fact]
    public async Task Ttl_ContactAlone_IsADayAndWithEngagementAnHour()
    {
        var alone = await EnrichAsync(new StubHandler(_ => StubHandler.Json("""{"id":"1","properties":{"gender":"f"}}""")), Array.Empty<HubSpotCapability>().AsReadOnly());
        var engaged = await EnrichAsync(Upstream(), Array.Empty<HubSpotCapability>().AsReadOnly());

        Assert.Equal((TimeSpan.FromHours(24), TimeSpan.FromHours(1)), (alone.Ttl, engaged.Ttl));
    }

    [Theory]
    [InlineData("10150000000000017", "10150000000000017")]
    [InlineData("some.name", null)]
    [InlineData("", null)]
    public async Task FacebookId_ConfiguredProperty_IsAnIdentityWhenItIsOne(string value, string? identity)
    {
        var upstream = new StubHandler(_ => StubHandler.Json($$$"""{"id":"1","properties":{"fb_user_id":"{{{value}}}"}}"""));
        var plugin = HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", Capabilities = [], FacebookIdProperty = "fb_user_id" }, upstream);

        var result = await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(identity, result.Identities!.GetValueOrDefault("facebook_id"));
    }

    private static async Task<IReadOnlyList<PurchaseEvent>> PurchasesAsync(params string[] lineItems) =>
        (await EnrichAsync(Upstream(WonDeal, $$"""{"results":[{{string.Join(',', lineItems)}}]}"""))).BehaviorPatterns!.PurchaseHistory!;

    private static StubHandler Upstream(string deals = StubHandler.Nothing, string lineItems = StubHandler.Nothing, Dictionary<string, string>? engagements = null) => new(request => StubHandler.Json(request.RequestUri!.AbsolutePath.Split('/') switch
    {
        [.., "associations", "contacts", "deals", "batch", "read"] => """{"results":[{"from":{"id":"1"},"to":[{"toObjectId":7}]}]}""",
        [.., "associations", "deals", "line_items", "batch", "read"] => """{"results":[{"from":{"id":"7"},"to":[{"toObjectId":81},{"toObjectId":82},{"toObjectId":83}]}]}""",
        [.., "associations", "contacts", var kind, "batch", "read"] => engagements?.ContainsKey(kind) == true ? """{"results":[{"from":{"id":"1"},"to":[{"toObjectId":9}]}]}""" : StubHandler.Nothing,
        [.., "deals", "batch", "read"] => deals,
        [.., "line_items", "batch", "read"] => lineItems,
        [.., var kind, "batch", "read"] => $$"""{"results":[{"id":"9","properties":{{engagements![kind]}}}]}""",
        _ => Contact,
    }));

    private static Task<UserEnrichment> EnrichAsync(StubHandler upstream, params HubSpotCapability[] capabilities) =>
        EnrichAsync(upstream, capabilities.Length > 0 ? capabilities : new HubSpotOptions { ApiKey = "token" }.Capabilities);

    private static async Task<UserEnrichment> EnrichAsync(StubHandler upstream, IReadOnlyList<HubSpotCapability> capabilities)
    {
        var plugin = HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", Capabilities = capabilities }, upstream, new FakeTimeProvider(s_now));
        return (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Enrichment!;
    }
}

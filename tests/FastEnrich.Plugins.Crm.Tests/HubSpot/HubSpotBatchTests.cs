using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>Batches before an upstream that answers what the simulator never does.</summary>
public sealed class HubSpotBatchTests
{
    private const string NoDeals = """{"results":[]}""";

    [Fact]
    public async Task EnrichBatchAsync_MergedRecord_AnswersItsOldId()
    {
        var results = await EnrichAsync("""{"results":[{"id":"30","properties":{"hs_merged_object_ids":"10;20"}}]}""", "10", "30", "40");

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.Found, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.Equal("30", results.GetResult(0).Identities!["hubspot_id"]);
    }

    [Fact]
    public async Task EnrichBatchAsync_MemberErrors_FailOnlyTheirMembers()
    {
        var results = await EnrichAsync(
            """{"results":[{"id":"1","properties":{}}],"errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":["2"]}},{"category":"RATE_LIMITS","message":"a@example.com","context":{"id":"3"}},{"category":"someone@example.com","context":{"ids":["4"]}}]}""",
            "1", "2", "3", "4");

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.NotFound, EnrichmentResultKind.None, EnrichmentResultKind.None], Kinds(results));
        Assert.Equal((PluginErrorCode.RateLimitError, PluginErrorCode.ConnectionError), (results.GetFailure(2)!.Code, results.GetFailure(3)!.Code));
        Assert.DoesNotContain("example.com", results.GetFailure(2)!.Message + results.GetFailure(3)!.Message);
    }

    [Fact]
    public async Task EnrichBatchAsync_ErrorWithoutIds_IsNotTakenForMissingUsers()
    {
        var results = await EnrichAsync("""{"results":[{"id":"1","properties":{}}],"errors":[{"category":"INTERNAL_ERROR"}]}""", "1", "2");

        Assert.Equal(PluginErrorCode.ConnectionError, results.GetFailure(1)!.Code);
    }

    [Fact]
    public async Task EnrichBatchAsync_ArchivedAndUnasked_AnswerNobody()
    {
        var results = await EnrichAsync("""{"results":[null,{"id":"1","properties":{},"archived":true},{"id":"99","properties":{}},{"properties":{}}]}""", "1", "2");

        Assert.Equal([EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound], Kinds(results));
    }

    [Fact]
    public async Task EnrichBatchAsync_ByEmail_MatchesAdditionalAddresses()
    {
        var upstream = Upstream("""{"results":[{"id":"1","properties":{"email":"new@example.com","hs_additional_emails":"old@example.com;older@example.com"}}]}""", NoDeals);
        var plugin = HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", ApiUrl = "https://hubspot.test", LookupBy = "email" }, upstream);
        var results = new BatchResults(2);

        await plugin.EnrichBatchAsync([new("Old@example.com"), new("other@example.com")], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.Equal("email", Body(upstream, 0).GetProperty("idProperty").GetString());
    }

    [Fact]
    public async Task EnrichBatchAsync_NobodyPossible_SendsNothing()
    {
        var upstream = Upstream("", NoDeals);
        var results = new BatchResults(2);

        await HubSpotFixture.Plugin(upstream).EnrichBatchAsync([new("a"), new("12345678901234567890")], results, default);

        Assert.Equal([EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task EnrichBatchAsync_PagedAssociations_AreReadToTheEnd()
    {
        var page = 0;
        var upstream = new StubHandler(request => StubHandler.Json(
            StubHandler.AsksForLineItems(request) ? StubHandler.Nothing
            : request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? (page++ == 0
                ? """{"results":[{"from":{"id":"1"},"to":[{"toObjectId":7}],"paging":{"next":{"after":"MQ"}}}]}"""
                : """{"results":[{"from":{"id":"1"},"to":[{"toObjectId":8}]}]}""")
            : request.RequestUri.AbsolutePath.Contains("deals", StringComparison.Ordinal) ? """{"results":[{"id":"7","properties":{"amount":"1","closedate":"2026-01-01","dealstage":"closedwon"}},{"id":"8","properties":{"amount":"2","closedate":"2026-01-02","dealstage":"closedwon"}}]}"""
            : """{"id":"1","properties":{}}"""));

        var result = await HubSpotFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(["8", "7"], result.Enrichment!.BehaviorPatterns!.PurchaseHistory!.Select(purchase => purchase.ProductId));
        Assert.Equal("MQ", Body(upstream, 2).GetProperty("inputs")[0].GetProperty("after").GetString());
    }

    [Fact]
    public async Task EnrichBatchAsync_EndlessAssociations_AreGivenUp()
    {
        var upstream = new StubHandler(request => StubHandler.Json(
            StubHandler.AsksForLineItems(request) ? StubHandler.Nothing
            : request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? """{"results":[{"from":{"id":"1"},"to":[{"toObjectId":7}],"paging":{"next":{"after":"MQ"}}}]}"""
            : request.RequestUri.AbsolutePath.Contains("deals", StringComparison.Ordinal) ? NoDeals
            : """{"id":"1","properties":{}}"""));

        await HubSpotFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.InRange(upstream.Requests.Count, 3, 510);
    }

    [Theory]
    [InlineData("/crm/v3", "/crm/v4", "https://hubspot.test/crm/v3/objects/contacts/1?", "https://hubspot.test/crm/v4/associations/contacts/deals/batch/read")]
    [InlineData("/crm/objects/2026-03", "/crm/associations/2026-03", "https://hubspot.test/crm/objects/2026-03/contacts/1?", "https://hubspot.test/crm/associations/2026-03/contacts/deals/batch/read")]
    public async Task EnrichAsync_Prefix_IsPartOfTheAddress(string prefix, string associations, string contact, string deals)
    {
        var upstream = Upstream("""{"id":"1","properties":{}}""", NoDeals);
        var plugin = HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", ApiUrl = "https://hubspot.test/", PathPrefix = prefix, AssociationsPrefix = associations }, upstream);

        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.StartsWith($"GET {contact}", upstream.Requests[0], StringComparison.Ordinal);
        Assert.Equal($"POST {deals}", upstream.Requests[1]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[{"id":1}]}""")]
    public async Task EnrichBatchAsync_OtherShape_IsAnInvalidResponse(string body)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(body, "1"));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    private static StubHandler Upstream(string contacts, string associations) =>
        new(request => StubHandler.Json(request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? associations : contacts));

    private static JsonElement Body(StubHandler upstream, int index) => JsonDocument.Parse(upstream.Bodies[index]).RootElement;

    private static async Task<BatchResults> EnrichAsync(string contacts, params string[] ids)
    {
        var results = new BatchResults(ids.Length);
        await HubSpotFixture.Plugin(Upstream(contacts, NoDeals)).EnrichBatchAsync([.. ids.Select(id => new EnrichmentRequest(id))], results, default);
        return results;
    }

    private static IEnumerable<EnrichmentResultKind> Kinds(BatchResults results) => Enumerable.Range(0, results.Count).Select(i => results.GetResult(i).Kind);
}

using FastEnrich.Plugins.Crm.Pipedrive;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>Batches, pages and odd answers before an upstream that answers what the simulator never does.</summary>
public sealed class PipedriveBatchTests
{
    [Fact]
    public async Task EnrichBatchAsync_DeletedAndUnasked_AnswerNobody()
    {
        var stub = new PipedriveStub().On("/api/v2/persons", PipedriveStub.Many("""{"id":1,"is_deleted":true}""", """{"id":99}""", "null", """{"id":"x"}""", """{"id":3,"active_flag":false}""", """{"id":4}"""));

        var results = await BatchAsync(stub, "1", "2", "3", "4");

        Assert.Equal([EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.Found], Kinds(results));
    }

    [Fact]
    public async Task EnrichAsync_MergedPerson_AnswersWithTheOneItBecame()
    {
        var stub = PipedriveStub.Person("""{"id":30,"activities_count":0,"won_deals_count":0,"open_deals_count":0}""");

        var result = await PipedriveFixture.Plugin(stub).EnrichAsync(new EnrichmentRequest("1"), default);
        var batch = await BatchAsync(stub, "1");

        Assert.Equal(("30", "30"), (result.Identities!["pipedrive_id"], batch.GetResult(0).Identities!["pipedrive_id"]));
    }

    [Fact]
    public async Task EnrichBatchAsync_DealsOfOnePersonFail_OnlyThatPersonFails()
    {
        var stub = new PipedriveStub()
            .On("/api/v2/persons", PipedriveStub.Many("""{"id":1}""", """{"id":2}"""))
            .On("/api/v2/deals", request => request.RequestUri!.Query.Contains("person_id=2", StringComparison.Ordinal) ? PipedriveStub.Json("{}", 500) : PipedriveStub.Json("""{"success":true,"data":[]}"""));

        var results = await BatchAsync(stub, "1", "2");

        Assert.Equal((EnrichmentResultKind.Found, PluginErrorCode.ConnectionError), (results.GetResult(0).Kind, results.GetFailure(1)!.Code));
    }

    [Theory]
    [InlineData("/api/v2/deals/products", """{"id":1,"org_id":7}""", """{"id":2,"org_id":7,"won_deals_count":0,"open_deals_count":0}""")]
    [InlineData("/api/v2/organizations", """{"id":1,"org_id":7}""", """{"id":2,"org_id":8}""", """{"id":3}""")]
    public async Task EnrichBatchAsync_SharedReadFails_OnlyThoseWhoNeedItFail(string path, params string[] persons)
    {
        var stub = new PipedriveStub()
            .On("/api/v2/persons", PipedriveStub.Many(persons))
            .On("/api/v2/deals", PipedriveStub.Many("""{"id":5,"status":"won","value":1,"won_time":"2026-01-01T00:00:00Z"}"""))
            .On("/api/v2/organizations/7", PipedriveStub.One("""{"id":7}"""))
            .On(path, "{}", 503);

        var results = await BatchAsync(stub, [.. Enumerable.Range(1, persons.Length).Select(id => $"{id}")]);

        Assert.Equal(PluginErrorCode.ConnectionError, results.GetFailure(0)!.Code);
        Assert.Equal(EnrichmentResultKind.Found, results.GetResult(persons.Length - 1).Kind);
    }

    [Fact]
    public async Task EnrichBatchAsync_OneSearchFails_OnlyItsUserFails()
    {
        var stub = new PipedriveStub()
            .On("/api/v2/persons/search", request => request.RequestUri!.Query.Contains("bad%40", StringComparison.Ordinal) ? PipedriveStub.Json("{}", 500) : PipedriveStub.Json("""{"success":true,"data":{"items":[{"item":{"id":1,"emails":["Good@example.org"]}}]}}"""))
            .On("/api/v2/persons/1", PipedriveStub.One("""{"id":1,"emails":[{"value":"good@example.org"}]}"""));
        var results = new BatchResults(4);

        await PipedriveFixture.Plugin(stub, PipedriveFixture.Plain with { LookupBy = "email" }).EnrichBatchAsync([new("good@example.org"), new("bad@example.org"), new("GOOD@example.org"), new("no address")], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.None, EnrichmentResultKind.Found, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.Equal((PluginErrorCode.ConnectionError, TimeSpan.Zero), (results.GetFailure(1)!.Code, results.GetResult(3).Ttl!.Value));
    }

    [Theory]
    [InlineData("""["a@example.org"]""", """[{"value":"A@EXAMPLE.org"}]""", EnrichmentResultKind.Found)]
    [InlineData("""["other@example.org"]""", """[{"value":"a@example.org"}]""", EnrichmentResultKind.NotFound)]
    [InlineData("""["a@example.org"]""", """[{"value":"other@example.org"}]""", EnrichmentResultKind.NotFound)]
    public async Task EnrichAsync_ByEmail_TakesOnlyAPersonWithTheAddress(string found, string real, EnrichmentResultKind kind)
    {
        var stub = PipedriveStub.Person($$"""{"id":1,"emails":{{real}}}""").On("/api/v2/persons/search", $$$"""{"success":true,"data":{"items":[{"item":{"id":1,"emails":{{{found}}}}}]}}""");

        var result = await PipedriveFixture.Plugin(stub, PipedriveFixture.Plain with { LookupBy = "email" }).EnrichAsync(new EnrichmentRequest("a@example.org"), default);

        Assert.Equal(kind, result.Kind);
    }

    [Theory]
    [InlineData("\"Kunde 7\"", EnrichmentResultKind.Found)]
    [InlineData("\"kunde 7\"", EnrichmentResultKind.NotFound)]
    [InlineData("null", EnrichmentResultKind.NotFound)]
    public async Task EnrichAsync_ByField_TakesOnlyAPersonWithExactlyTheValue(string value, EnrichmentResultKind kind)
    {
        var stub = PipedriveStub.Person($$$"""{"id":1,"custom_fields":{"{{{PipedriveFixture.Tier}}}":{{{value}}}}}""").On("/api/v2/itemSearch/field", PipedriveStub.Many("""{"id":12}""", """{"id":1}"""));

        var result = await PipedriveFixture.Plugin(stub, PipedriveFixture.Plain with { LookupBy = PipedriveFixture.Tier }).EnrichAsync(new EnrichmentRequest("Kunde 7"), default);

        Assert.Equal(kind, result.Kind);
    }

    [Fact]
    public async Task EnrichAsync_PagedDeals_AreReadToTheEnd()
    {
        var stub = PipedriveStub.Person("""{"id":1}""").On("/api/v2/deals", request => PipedriveStub.Json(
            request.RequestUri!.Query.Contains("cursor=a%2Bb", StringComparison.Ordinal)
                ? """{"success":true,"data":[{"id":8,"status":"won","value":2,"won_time":"2026-01-02T00:00:00Z"}],"additional_data":{"next_cursor":null}}"""
                : """{"success":true,"data":[{"id":7,"status":"won","value":1,"won_time":"2026-01-01T00:00:00Z"}],"additional_data":{"next_cursor":"a+b"}}"""));

        var result = await PipedriveFixture.Plugin(stub).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(["8", "7"], result.Enrichment!.BehaviorPatterns!.PurchaseHistory!.Select(purchase => purchase.ProductId));
    }

    [Theory]
    [InlineData(true, 10)]
    [InlineData(false, 2)]
    public async Task EnrichAsync_EndlessPages_AreGivenUp(bool newCursors, int pages)
    {
        var page = 0;
        var stub = PipedriveStub.Person("""{"id":1}""").On("/api/v2/deals", _ => PipedriveStub.Json($$$"""{"success":true,"data":[{"id":7,"status":"open"}],"additional_data":{"next_cursor":"c{{{(newCursors ? page++ : 0)}}}"}}"""));

        await PipedriveFixture.Plugin(stub).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(pages, stub.Paths.Count(path => path == "/api/v2/deals"));
    }

    [Fact]
    public async Task EnrichAsync_CountersOfZero_SaveTheirRequests()
    {
        var stub = PipedriveStub.Person("""{"id":1,"won_deals_count":0,"open_deals_count":0,"activities_count":0,"org_id":null}""");

        await PipedriveFixture.Plugin(stub).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(["/api/v2/persons/1"], stub.Paths);
    }

    [Fact]
    public async Task EnrichBatchAsync_NobodyPossible_SendsNothing()
    {
        var stub = new PipedriveStub();

        var results = await BatchAsync(stub, "a", "0", "01");

        Assert.All(Kinds(results), kind => Assert.Equal(EnrichmentResultKind.NotFound, kind));
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"success":true,"data":7}""")]
    [InlineData("""{"data":[]}""")]
    public async Task EnrichBatchAsync_OtherShape_IsAnInvalidResponse(string body)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => BatchAsync(new PipedriveStub().On("/api/v2/persons", body), "1", "2"));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_ApiKey_TravelsInItsHeaderAlone()
    {
        var stub = PipedriveStub.Person("""{"id":1}""");

        await PipedriveFixture.Plugin(stub).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.All(stub.Tokens, token => Assert.Equal("token", token));
        Assert.Equal(stub.Requests.Count, stub.Tokens.Count);
        Assert.DoesNotContain("token", string.Concat(stub.Requests.Select(uri => uri.PathAndQuery)));
    }

    [Theory]
    [InlineData(null, "acme.pipedrive.com")]
    [InlineData("https://other.pipedrive.com", "other.pipedrive.com")]
    public async Task EnrichAsync_OAuthWithoutAnAddress_GoesWhereTheTokenIsFor(string? apiUrl, string host)
    {
        var stub = PipedriveStub.Person("""{"id":1}""").On("/oauth/token", """{"access_token":"a","token_type":"bearer","expires_in":3600,"api_domain":"https://acme.pipedrive.com"}""");
        var options = new PipedriveOptions { ClientId = "id", ClientSecret = "s", RefreshToken = "r" };

        await PipedriveFixture.Plugin(stub, apiUrl is null ? options : options with { ApiUrl = apiUrl }).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.All(stub.Requests.Skip(1), uri => Assert.Equal(host, uri.Host));
        Assert.Equal(("oauth.pipedrive.com", 0), (stub.Requests[0].Host, stub.Tokens.Count));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://pipedrive.com.evil.example")]
    [InlineData("https://evilpipedrive.com")]
    [InlineData("https://acme.pipedrive.com:8443")]
    [InlineData("https://acme.pipedrive.com@evil.example")]
    public async Task EnrichAsync_TokenNamesAnotherHost_SendsItNowhere(string domain)
    {
        var stub = PipedriveStub.Person("""{"id":1}""").On("/oauth/token", $$"""{"access_token":"a","token_type":"bearer","expires_in":3600,"api_domain":"{{domain}}"}""");
        var plugin = PipedriveFixture.Plugin(stub, new PipedriveOptions { ClientId = "id", ClientSecret = "s", RefreshToken = "r" });

        var outcome = await Record.ExceptionAsync(() => plugin.EnrichAsync(new EnrichmentRequest("1"), default).AsTask());

        Assert.All(stub.Requests, uri => Assert.EndsWith(".pipedrive.com", uri.Host, StringComparison.Ordinal));
        Assert.True(outcome is null or PluginException { Code: PluginErrorCode.InvalidConfig });
    }

    [Fact]
    public async Task ConnectAsync_NamesThatMayNotBeRead_DoNotKeepThePluginAway()
    {
        var stub = PipedriveStub.Person("""{"id":1}""").On("/v1/users/me", PipedriveStub.One("""{"id":1}""")).On("/api/v2/pipelines", "{}", 403).On("/api/v2/dealFields", "{}", 500);
        var plugin = PipedriveFixture.Plugin(stub);

        await plugin.ConnectAsync(default);

        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind);
    }

    private static async Task<BatchResults> BatchAsync(PipedriveStub stub, params string[] ids)
    {
        var results = new BatchResults(ids.Length);
        await PipedriveFixture.Plugin(stub).EnrichBatchAsync([.. ids.Select(id => new EnrichmentRequest(id))], results, default);
        return results;
    }

    private static IEnumerable<EnrichmentResultKind> Kinds(BatchResults results) => Enumerable.Range(0, results.Count).Select(i => results.GetResult(i).Kind);
}

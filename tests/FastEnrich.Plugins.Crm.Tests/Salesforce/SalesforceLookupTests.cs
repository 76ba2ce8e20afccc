using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>Which requests are sent for which users, and whose each answer is.</summary>
public sealed class SalesforceLookupTests
{
    private const string First = "003dM00001vWOXJQA4";
    private const string Second = "003dM00001vWOXOQA4";

    private static readonly SalesforceOptions s_alone = SalesforceFixture.Static with { Capabilities = [] };

    [Fact]
    public async Task EnrichAsync_ById_ReadsTheRecord()
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}"}""");

        await SalesforceFixture.Plugin(s_alone with { OmittedFields = ["Birthdate", "mailingaddress"] }, upstream).EnrichAsync(new EnrichmentRequest(First[..15]), default);

        var request = Assert.Single(upstream.Requests);
        Assert.StartsWith($"GET https://acme.my.salesforce.com/services/data/v67.0/sobjects/Contact/{First}?fields=Id%2CSystemModstamp%2CEmail%2C", request, StringComparison.Ordinal);
        Assert.DoesNotContain(["Birthdate", "MailingAddress"], request.Contains);
    }

    [Theory]
    [InlineData("customer-7", "GET https://acme.my.salesforce.com/services/data/v67.0/sobjects/Contact/Key__c/customer-7?fields=")]
    [InlineData("x.inc", "GET https://acme.my.salesforce.com/services/data/v67.0/query?q=SELECT%20")] // a path's end would be read as a file's extension
    [InlineData("a/b", "GET https://acme.my.salesforce.com/services/data/v67.0/query?q=SELECT%20")]
    [InlineData("..", "GET https://acme.my.salesforce.com/services/data/v67.0/query?q=SELECT%20")]
    [InlineData("O'Brien", "GET https://acme.my.salesforce.com/services/data/v67.0/query?q=SELECT%20")]
    public async Task EnrichAsync_ByExternalId_TakesAPathOnlyWhereItIsSafe(string key, string start)
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}","Key__c":"{{key}}"}""");

        var result = await SalesforceFixture.Plugin(s_alone with { LookupBy = "Key__c" }, upstream).EnrichAsync(new EnrichmentRequest(key), default);

        Assert.Equal(EnrichmentResultKind.Found, result.Kind);
        Assert.StartsWith(start, Assert.Single(upstream.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("O'Brien@example.org", @" WHERE Email IN ('O\'Brien@example.org')")]
    [InlineData(@"a\@example.org", @" WHERE Email IN ('a\\@example.org')")]
    [InlineData("x@example.inc", " WHERE Email IN ('x@example.inc')")]
    [InlineData("%25'+or+'x'='@example.org", @" WHERE Email IN ('%25\'+or+\'x\'=\'@example.org')")]
    [InlineData("zoë@example.org", " WHERE Email IN ('zoë@example.org')")]
    public async Task EnrichAsync_ByEmail_AsksWithTheValueAsALiteral(string email, string where)
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}"}""");

        await SalesforceFixture.Plugin(s_alone with { LookupBy = "email" }, upstream).EnrichAsync(new EnrichmentRequest(email), default);

        Assert.EndsWith(where, Uri.UnescapeDataString(Assert.Single(upstream.Requests)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_ByNumber_AsksWithoutQuotesAndMatchesWholeNumbers()
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}","No__c":123.0}""");
        var plugin = SalesforceFixture.Plugin(s_alone with { LookupBy = "No__c", ExternalIdType = SalesforceIdType.Number }, upstream);
        var results = new BatchResults(4);

        await plugin.EnrichBatchAsync([new("123"), new("0123"), new("1e3"), new("1) OR (No__c > 0")], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.EndsWith(" WHERE No__c IN (123)", Uri.UnescapeDataString(Assert.Single(upstream.Requests)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichBatchAsync_ById_SendsLongIdsOnceEachAndMatchesByThem()
    {
        var upstream = new StubHandler(_ => StubHandler.Json($$"""[{"Id":"{{Second}}"},{"Id":"{{First}}"},null]"""));
        var results = new BatchResults(5);

        await SalesforceFixture.Plugin(s_alone, upstream).EnrichBatchAsync([new(First), new(First[..15]), new(Second), new("003dM00001vWOXKQA4"), new("nobody")], results, default);

        Assert.Equal("POST https://acme.my.salesforce.com/services/data/v67.0/composite/sobjects/Contact", Assert.Single(upstream.Requests));
        Assert.StartsWith($$"""{"ids":["{{First}}","{{Second}}","003dM00001vWOXKQA4"],"fields":["Id","SystemModstamp","Email",""", upstream.Bodies[0], StringComparison.Ordinal);
        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.Found, EnrichmentResultKind.Found, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.Equal((First, Second), (results.GetResult(0).Identities!["salesforce_id"], results.GetResult(2).Identities!["salesforce_id"]));
        Assert.Equal(TimeSpan.Zero, results.GetResult(4).Ttl);
    }

    [Fact]
    public async Task EnrichBatchAsync_SeveralContactsWithOneEmail_TakesTheOneThatChangedLast()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(SalesforceUpstream.Page(
            $$"""[{"Id":"{{First}}","Email":"a@example.org","SystemModstamp":"2026-01-01T00:00:00.000+0000"},{"Id":"{{Second}}","Email":"A@example.org","SystemModstamp":"2026-01-02T00:00:00.000+0000"},{"Id":"003dM00001vWOXKQA4","Email":"a@example.org","IsDeleted":true,"SystemModstamp":"2026-01-03T00:00:00.000+0000"}]""")));
        var results = new BatchResults(2);

        await SalesforceFixture.Plugin(s_alone with { LookupBy = "email" }, upstream).EnrichBatchAsync([new("a@example.org"), new("A@EXAMPLE.org")], results, default);

        Assert.Equal([Second, Second], [results.GetResult(0).Identities!["salesforce_id"], results.GetResult(1).Identities!["salesforce_id"]]);
    }

    [Fact]
    public async Task EnrichBatchAsync_SeveralContactsWithOneExternalId_TakesNone()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(SalesforceUpstream.Page($$"""[{"Id":"{{First}}","Key__c":"a"},{"Id":"{{Second}}","Key__c":"a"},{"Id":"003dM00001vWOXKQA4","Key__c":"b"}]""")));
        var results = new BatchResults(2);

        await SalesforceFixture.Plugin(s_alone with { LookupBy = "Key__c" }, upstream).EnrichBatchAsync([new("a"), new("b")], results, default);

        Assert.Equal([EnrichmentResultKind.NotFound, EnrichmentResultKind.Found], Kinds(results));
    }

    [Theory]
    [InlineData("CUSTOMER-7")]
    [InlineData("CUSTOMER.7")]
    public async Task EnrichAsync_ExternalIdInOtherCase_IsAnotherUser(string key)
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}","Key__c":"{{key.ToLowerInvariant()}}"}""");

        Assert.Equal(EnrichmentResultKind.NotFound, (await SalesforceFixture.Plugin(s_alone with { LookupBy = "Key__c" }, upstream).EnrichAsync(new EnrichmentRequest(key), default)).Kind);
    }

    [Theory]
    [InlineData("id", "nobody")]
    [InlineData("id", "001dM00003jU9GxQAK")]
    [InlineData("email", "no e-mail")]
    [InlineData("email", "a@b@example.org")]
    [InlineData("Key__c", "line\nbreak")]
    [InlineData("Key__c", " blank")]
    public async Task EnrichAsync_ImpossibleKey_SendsNothing(string lookupBy, string userId)
    {
        var upstream = new StubHandler(_ => throw new InvalidOperationException());

        var result = await SalesforceFixture.Plugin(s_alone with { LookupBy = lookupBy }, upstream).EnrichAsync(new EnrichmentRequest(userId), default);

        Assert.Equal((EnrichmentResultKind.NotFound, lookupBy == "Key__c" ? null : TimeSpan.Zero), (result.Kind, result.Ttl));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task EnrichAsync_NotModified_KeepsThePreviousResult()
    {
        const string changed = "Fri, 01 May 2026 07:25:37 GMT";
        var upstream = new StubHandler(request => request.Headers.TryGetValues("If-Modified-Since", out var since) && since.Single() == changed
            ? StubHandler.Json("", 304)
            : WithLastModified(StubHandler.Json($$"""{"Id":"{{First}}"}"""), changed));
        var plugin = SalesforceFixture.Plugin(s_alone, upstream);

        var first = await plugin.EnrichAsync(new EnrichmentRequest(First), default);
        var again = await plugin.EnrichAsync(Again(first), default);

        Assert.Equal((changed, EnrichmentResultKind.NotModified), (first.Validator, again.Kind));
    }

    [Theory]
    [InlineData("Fri, 01 May 2026 07:25:37 GMT", "Fri, 01 May 2026 07:25:37 GMT")]
    [InlineData("Fri, 01 May 2026 07:25:37 GMT\r\nX-Injected: 1", null)]
    [InlineData("\"an etag\"", null)]
    public async Task EnrichAsync_Validator_IsSentOnlyWhenItIsATime(string validator, string? sent)
    {
        string? since = null;
        var upstream = new StubHandler(request =>
        {
            since = request.Headers.IfModifiedSince?.ToString("r");
            return StubHandler.Json($$"""{"Id":"{{First}}"}""");
        });

        await SalesforceFixture.Plugin(s_alone, upstream).EnrichAsync(new EnrichmentRequest(First, new Dictionary<string, string>(), new PreviousResult(() => null!, validator, default), TimeSpan.FromSeconds(5)), default);

        Assert.Equal(sent, since);
    }

    [Fact]
    public async Task EnrichAsync_WithDetails_AsksUnconditionally()
    {
        var conditional = 0;
        var upstream = new StubHandler(request =>
        {
            conditional += request.Headers.Contains("If-Modified-Since") ? 1 : 0;
            return WithLastModified(StubHandler.Json(request.Method == HttpMethod.Get ? $$"""{"Id":"{{First}}","done":true,"records":[]}""" : ""), "Fri, 01 May 2026 07:25:37 GMT");
        });
        var plugin = SalesforceFixture.Plugin(SalesforceFixture.Static with { Capabilities = [SalesforceCapability.PurchaseHistory] }, upstream);

        var first = await plugin.EnrichAsync(new EnrichmentRequest(First), default);
        await plugin.EnrichAsync(new EnrichmentRequest(First, new Dictionary<string, string>(), new PreviousResult(() => first.Enrichment!, "Fri, 01 May 2026 07:25:37 GMT", default), TimeSpan.FromSeconds(5)), default);

        Assert.Equal((null, 0), (first.Validator, conditional)); // an unchanged contact says nothing of new cases
    }

    private static EnrichmentRequest Again(EnrichmentResult first) =>
        new(First, new Dictionary<string, string>(), new PreviousResult(() => first.Enrichment!, first.Validator, DateTimeOffset.UnixEpoch), TimeSpan.FromSeconds(5));

    private static HttpResponseMessage WithLastModified(HttpResponseMessage response, string changed)
    {
        response.Content.Headers.TryAddWithoutValidation("Last-Modified", changed);
        return response;
    }

    private static IEnumerable<EnrichmentResultKind> Kinds(BatchResults results) => Enumerable.Range(0, results.Count).Select(i => results.GetResult(i).Kind);
}

using System.Text.Json;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>Pages, batches of queries and their lengths, before an upstream that answers what the simulator never does.</summary>
public sealed class SalesforceQueriesTests
{
    private const string First = "003dM00001vWOXJQA4";
    private const string Second = "003dM00001vWOXOQA4";
    private const string Email = "a@example.org";

    private static readonly SalesforceOptions s_byEmail = SalesforceFixture.Static with { Capabilities = [], LookupBy = "email" };

    [Fact]
    public async Task EnrichBatchAsync_FurtherPages_AreRead()
    {
        var upstream = new StubHandler(request => StubHandler.Json(request.RequestUri!.Query.Length > 0
            ? $$"""{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v67.0/query/01gRO0000016PIAYA2-2000","records":[{"Id":"{{First}}","Email":"a@example.org"}]}"""
            : $$"""{"totalSize":2,"done":true,"records":[{"Id":"{{Second}}","Email":"b@example.org"}]}"""));

        var results = await EnrichAsync(upstream, Email, "b@example.org");

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.Found], Kinds(results));
        Assert.Equal("GET https://acme.my.salesforce.com/services/data/v67.0/query/01gRO0000016PIAYA2-2000", upstream.Requests[1]);
    }

    [Theory]
    [InlineData("https://attacker.example.com/services/data/v67.0/query/01g-2000")]
    [InlineData("//attacker.example.com/services/data/v67.0/query/01g-2000")]
    [InlineData("/services/data/v67.0/query/../sobjects/User")]
    [InlineData("/services/data/v67.0/query/..")]
    [InlineData("/services/data/v67.0/query/01g?q=SELECT")]
    [InlineData("/services/data/v67.0/query/01g%2F..")]
    [InlineData("/services/data/v67.0/queryAll/01g-2000")]
    [InlineData("/services/apexrest/v67.0/query/01g-2000")]
    [InlineData("/services/data/../query/01g-2000")]
    [InlineData("services/data/v67.0/query/01g-2000")]
    [InlineData("")]
    public async Task EnrichBatchAsync_ForeignNextPage_IsRefused(string next)
    {
        var upstream = new StubHandler(_ => StubHandler.Json($$"""{"done":false,"nextRecordsUrl":{{JsonSerializer.Serialize(next, TextJson.Default.String)}},"records":[{"Id":"{{First}}","Email":"a@example.org"}]}"""));

        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(upstream, Email));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task EnrichBatchAsync_EndlessPages_AreGivenUp()
    {
        var upstream = new StubHandler(_ => StubHandler.Json($$"""{"done":false,"nextRecordsUrl":"/services/data/v67.0/query/01g-2000","records":[{"Id":"{{First}}","Email":"a@example.org"}]}"""));

        await EnrichAsync(upstream, Email);

        Assert.Equal(10, upstream.Requests.Count);
    }

    [Fact]
    public async Task EnrichBatchAsync_EmptyPageWithANextOne_EndsTheReading()
    {
        var upstream = new StubHandler(_ => StubHandler.Json("""{"done":false,"nextRecordsUrl":"/services/data/v67.0/query/01g-2000","records":[]}"""));

        await EnrichAsync(upstream, Email);

        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task EnrichBatchAsync_ManyEmails_ShareRequestsWithinTheirLengths()
    {
        var upstream = new StubHandler(request => StubHandler.Json(SalesforceUpstream.Batch(request, _ => SalesforceUpstream.Page("[]"))));
        string[] emails = [.. Enumerable.Range(0, 2000).Select(i => $"somebody.with.a.long.name.{i:0000}@subsidiary.example.org")];

        await EnrichAsync(upstream, emails);

        var queries = upstream.Bodies.Select(SalesforceUpstream.QueriesOf).ToList();
        Assert.All(upstream.Requests, request => Assert.Equal("POST https://acme.my.salesforce.com/services/data/v67.0/composite/batch", request));
        Assert.All(queries, batch => Assert.InRange(batch.Count, 1, 25));
        Assert.All(queries.SelectMany(batch => batch), query => Assert.InRange(Uri.EscapeDataString(query).Length, 1, 12_000));
        Assert.Equal(emails, queries.SelectMany(batch => batch).SelectMany(query => query.Split(" IN ")[1].Trim('(', ')').Split(',').Select(literal => literal.Trim('\''))));
    }

    [Fact]
    public async Task EnrichBatchAsync_Details_AreReadWithOneRequestForAllContacts()
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}","AccountId":"001dM00003jU9GxQAK"}""");

        await SalesforceFixture.Plugin(upstream).EnrichBatchAsync([new(First)], new BatchResults(1), default);

        Assert.Equal(["read", "Account", "Opportunity", "OpportunityLineItem", "Case", "Task", "Event"], SalesforceUpstream.QueriesOf(upstream.Bodies[1]).Select(SalesforceUpstream.ObjectOf).Prepend("read"));
        Assert.Equal(2, upstream.Requests.Count);
        Assert.StartsWith("""{"haltOnError":true,"batchRequests":[{"method":"GET","url":"v67.0/query?q=SELECT%20""", upstream.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_Opportunities_AreAskedForThroughTheirRoles()
    {
        var upstream = SalesforceUpstream.Answering($$"""{"Id":"{{First}}"}""");

        await SalesforceFixture.Plugin(SalesforceFixture.Static with { Capabilities = [SalesforceCapability.PurchaseHistory], MultiCurrency = true }, upstream).EnrichAsync(new EnrichmentRequest(First), default);

        Assert.Equal(
            $"SELECT Id,Amount,StageName,IsWon,IsClosed,CloseDate,Type,LeadSource,CurrencyIsoCode,(SELECT ContactId FROM OpportunityContactRoles WHERE ContactId IN ('{First}')) FROM Opportunity "
            + $"WHERE Id IN (SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId IN ('{First}')) ORDER BY CloseDate DESC",
            Uri.UnescapeDataString(upstream.Requests[1].Split("?q=")[1]));
    }

    [Theory]
    [InlineData("""{"statusCode":400,"result":[{"errorCode":"INVALID_TYPE","message":"secret"}]}""", PluginErrorCode.InvalidConfig, "read_line_items", "HTTP 400, INVALID_TYPE, within a batch")]
    [InlineData("""{"statusCode":404,"result":[{"errorCode":"NOT_FOUND","message":"secret"}]}""", PluginErrorCode.InvalidConfig, "read_line_items", "HTTP 404, NOT_FOUND, within a batch")]
    [InlineData("""{"statusCode":400,"result":[{"errorCode":"QUERY_TIMEOUT","message":"secret"}]}""", PluginErrorCode.TimeoutError, "read_line_items", "HTTP 400, QUERY_TIMEOUT, within a batch")]
    [InlineData("""{"statusCode":403,"result":[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests"}]}""", PluginErrorCode.QuotaExceeded, "read_line_items", "HTTP 403, REQUEST_LIMIT_EXCEEDED, within a batch")]
    [InlineData("""{"statusCode":412,"result":[{"errorCode":"BATCH_PROCESSING_HALTED"}]}""", PluginErrorCode.ConnectionError, "read_line_items", "HTTP 412, BATCH_PROCESSING_HALTED, within a batch")]
    [InlineData("""{"statusCode":500,"result":"secret"}""", PluginErrorCode.ConnectionError, "read_line_items", "HTTP 500 within a batch")]
    [InlineData("""{"statusCode":200,"result":"secret"}""", PluginErrorCode.InvalidResponse, "read_line_items", "the answer lacks what the API promises")]
    [InlineData("""{"statusCode":200}""", PluginErrorCode.InvalidResponse, "read_line_items", "the answer lacks what the API promises")]
    [InlineData("null", PluginErrorCode.InvalidResponse, "read_line_items", "the answer lacks what the API promises")]
    public async Task EnrichAsync_OneQueryFails_NamesIt(string item, PluginErrorCode code, string operation, string message)
    {
        var upstream = new StubHandler(request => StubHandler.Json(request.Method == HttpMethod.Post
            ? $$"""{"hasErrors":true,"results":[{"statusCode":200,"result":{"done":true,"records":[]} },{{item}}]}"""
            : $$"""{"Id":"{{First}}"}"""));
        var options = SalesforceFixture.Static with { Capabilities = [SalesforceCapability.PurchaseHistory, SalesforceCapability.LineItems] };

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(options, upstream).EnrichAsync(new EnrichmentRequest(First), default));

        Assert.Equal((code, operation, message), (failure.Code, failure.Operation, failure.Message));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"records":null}""")]
    [InlineData("""{"records":{}}""")]
    [InlineData("""{"records":[],"done":"no"}""")]
    public async Task EnrichBatchAsync_OtherShape_IsAnInvalidResponse(string body)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(new StubHandler(_ => StubHandler.Json(body)), Email));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null,null]")]
    [InlineData("{}")]
    public async Task EnrichBatchAsync_NotARecordForEachId_IsAnInvalidResponse(string body)
    {
        var plugin = SalesforceFixture.Plugin(new StubHandler(_ => StubHandler.Json(body)));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichBatchAsync([new(First)], new BatchResults(1), default));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    private static async Task<BatchResults> EnrichAsync(StubHandler upstream, params string[] emails)
    {
        var results = new BatchResults(emails.Length);
        await SalesforceFixture.Plugin(s_byEmail, upstream).EnrichBatchAsync([.. emails.Select(email => new EnrichmentRequest(email))], results, default);
        return results;
    }

    private static IEnumerable<EnrichmentResultKind> Kinds(BatchResults results) => Enumerable.Range(0, results.Count).Select(i => results.GetResult(i).Kind);
}

using System.Text.Json;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>Batches and requests before an upstream that the test writes.</summary>
public sealed class HttpBatchTests
{
    private static readonly HttpBatchOptions s_list = new() { Url = "https://upstream.test/users?ids={keys}", Key = "$.id" };

    [Fact]
    public async Task EnrichBatchAsync_Answers_AreMatchedByTheirKeys()
    {
        var upstream = new StubUpstream("""[{"id":"b","interests":"2"},{"id":1,"interests":"1"},{"id":"B","interests":"3"},{"id":"c","interests":"4"},{"id":"b","interests":"5"},7,null]""");

        var results = await BatchAsync(upstream, s_list, "1", "b", "missing");

        Assert.Equal(["1", "2", null], Enumerable.Range(0, 3).Select(index => results.GetResult(index).Enrichment?.Interests?.Single()));
        Assert.Equal("https://upstream.test/users?ids=1,b,missing", Assert.Single(upstream.Requests).RequestUri!.OriginalString);
    }

    [Fact]
    public async Task EnrichBatchAsync_IgnoreCase_AsksOnceAndAnswersBoth()
    {
        var upstream = new StubUpstream("""[{"id":"A@EXAMPLE.org","interests":"1"}]""");

        var results = await BatchAsync(upstream, s_list with { IgnoreCase = true }, "a@example.org", "A@example.ORG");

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.Found), (results.GetResult(0).Kind, results.GetResult(1).Kind));
        Assert.EndsWith("ids=a%40example.org", upstream.Requests[0].RequestUri!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichBatchAsync_JsonBody_HoldsTheKeysAsAList()
    {
        var upstream = new StubUpstream("""{"users":{"x":{"id":"a,b","interests":"1"}}}""");

        var results = await BatchAsync(upstream, s_list with { Url = "https://upstream.test/users", Method = HttpVerb.Post, Body = """{"ids":"{keys}"}""", Results = "$.users[*]" }, "a,b", "\"]}");

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.NotFound), (results.GetResult(0).Kind, results.GetResult(1).Kind));
        Assert.Equal(["a,b", "\"]}"], JsonDocument.Parse(Assert.Single(upstream.Bodies)).RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task EnrichBatchAsync_KeyWithTheSeparator_IsAskedForAlone()
    {
        var upstream = new StubUpstream(request => StubUpstream.Json(request.RequestUri!.AbsolutePath == "/users" ? """[{"id":"1","interests":"1"},{"id":"2","interests":"2"}]""" : """{"interests":"alone"}"""));

        var results = await BatchAsync(upstream, s_list, "1", "1,2", "2");

        Assert.Equal(["1", "alone", "2"], Enumerable.Range(0, 3).Select(index => results.GetResult(index).Enrichment!.Interests!.Single()));
        Assert.Equal(["?ids=1,2", ""], upstream.Requests.Select(request => request.RequestUri!.Query));
    }

    [Fact]
    public async Task EnrichBatchAsync_LongKeys_AreCutIntoAddressesThatServersTake()
    {
        var upstream = new StubUpstream("[]");

        await BatchAsync(upstream, s_list, [.. Enumerable.Range(0, 50).Select(number => new string('ä', 200) + number)]);

        Assert.All(upstream.Requests, request => Assert.InRange(request.RequestUri!.OriginalString.Length, 1, 4100));
        Assert.Equal(50, upstream.Requests.Sum(request => request.RequestUri!.Query.Split(',').Length));
    }

    [Theory]
    [InlineData(404, PluginErrorCode.InvalidConfig)]
    [InlineData(500, PluginErrorCode.ConnectionError)]
    [InlineData(304, PluginErrorCode.InvalidResponse)]
    public async Task EnrichBatchAsync_Refused_IsTheBatchsFailure(int status, PluginErrorCode code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<PluginException>(() => BatchAsync(new StubUpstream("{}", status), s_list, "1", "2"))).Code);

    [Fact]
    public async Task EnrichBatchAsync_ConfiguredStatus_MeansThatNobodyIsKnown()
    {
        var results = await BatchAsync(new StubUpstream("", 404), s_list with { NotFoundStatuses = [404] }, "1", "2");

        Assert.Equal((EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound), (results.GetResult(0).Kind, results.GetResult(1).Kind));
    }

    [Fact]
    public async Task EnrichBatchAsync_WithoutABatch_FailsOnlyWhomItMust()
    {
        var upstream = new StubUpstream(request => StubUpstream.Json("""{"interests":"1"}""", request.RequestUri!.AbsolutePath.EndsWith("/2", StringComparison.Ordinal) ? 500 : 200));

        var results = await BatchAsync(upstream, null, "1", "2");

        Assert.Equal((EnrichmentResultKind.Found, PluginErrorCode.ConnectionError), (results.GetResult(0).Kind, results.GetFailure(1)!.Code));
    }

    [Theory]
    [InlineData(HttpAuthenticationKind.Bearer, "Authorization", "Bearer secret-1")]
    [InlineData(HttpAuthenticationKind.Basic, "Authorization", "Basic bmFtZTpzZWNyZXQtMg==")]
    [InlineData(HttpAuthenticationKind.ApiKey, "X-Api-Key", "secret-3")]
    [InlineData(HttpAuthenticationKind.None, "X-Tenant", "blue team")]
    public async Task EnrichAsync_Credentials_StandInTheirHeader(HttpAuthenticationKind kind, string header, string value)
    {
        var upstream = new StubUpstream("""{"interests":"1"}""");
        var options = HttpFixture.Plain with { Headers = new Dictionary<string, string> { ["X-Tenant"] = "blue team" }, Authentication = new HttpAuthentication { Kind = kind, Token = "secret-1", Username = "name", Password = "secret-2", Key = "secret-3" } };

        await HttpFixture.Plugin(options, upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal([value], upstream.Requests[0].Headers.GetValues(header));
        Assert.Equal(["application/json"], upstream.Requests[0].Headers.GetValues("Accept"));
    }

    [Theory]
    [InlineData(true, "\"v1\"")]
    [InlineData(false, null)]
    public async Task EnrichAsync_Etag_IsKeptWhereAsked(bool useEtag, string? validator)
    {
        var upstream = new StubUpstream("""{"interests":"1"}""", 200, ("ETag", "\"v1\""));

        var result = await HttpFixture.Plugin(HttpFixture.Plain with { UseEtag = useEtag }, upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(validator, result.Validator);
    }

    [Fact]
    public async Task EnrichAsync_UnaskedNotModified_IsAnInvalidResponse() =>
        Assert.Equal(PluginErrorCode.InvalidResponse, (await Assert.ThrowsAsync<PluginException>(async () => await HttpFixture.Plugin(HttpFixture.Plain, new StubUpstream("", 304)).EnrichAsync(new EnrichmentRequest("1"), default))).Code);

    private static async Task<BatchResults> BatchAsync(StubUpstream upstream, HttpBatchOptions? batch, params string[] ids)
    {
        var results = new BatchResults(ids.Length);
        await HttpFixture.Plugin(HttpFixture.Plain with { Batch = batch }, upstream).EnrichBatchAsync([.. ids.Select(id => new EnrichmentRequest(id))], results, default);
        return results;
    }
}

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Batches before an upstream that answers what the simulator never does.</summary>
public sealed class FacebookBatchTests
{
    [Fact]
    public async Task EnrichBatchAsync_ItemErrors_FailOnlyTheirMembers()
    {
        var results = await EnrichAsync(FacebookFixture.Items((200, """{"id":"1"}"""), (400, FacebookFixture.Error(803)), (400, FacebookFixture.Error(17)), (500, FacebookFixture.Error(2)), (500, "<html>")), 5);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.NotFound, EnrichmentResultKind.None, EnrichmentResultKind.None, EnrichmentResultKind.None], Kinds(results));
        Assert.Equal([PluginErrorCode.RateLimitError, PluginErrorCode.ConnectionError, PluginErrorCode.ConnectionError], Enumerable.Range(2, 3).Select(i => results.GetFailure(i)!.Code));
    }

    [Fact]
    public async Task EnrichBatchAsync_BodyAsJsonInsteadOfText_IsReadAllTheSame()
    {
        var results = await EnrichAsync("""[{"code":200,"body":{"id":"1","gender":"f"}},{"code":200,"body":"{\"id\":\"2\"}"}]""", 2);

        Assert.Equal("f", results.GetResult(0).Enrichment!.Demographics!.Gender);
    }

    [Theory]
    [InlineData("""{"id":"2"}""")]
    [InlineData("""{"gender":"f"}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task EnrichBatchAsync_AnswerOfSomebodyElse_IsAnInvalidResponse(string body)
    {
        var results = await EnrichAsync(FacebookFixture.Items((200, body), (200, """{"id":"2"}""")), 2);

        Assert.Equal(PluginErrorCode.InvalidResponse, results.GetFailure(0)!.Code);
        Assert.Equal(EnrichmentResultKind.Found, results.GetResult(1).Kind);
    }

    [Theory]
    [InlineData("""[{"code":200,"body":"{\"id\":\"1\"}"}]""")]
    [InlineData("""[null,null,null]""")]
    [InlineData("""[{"code":"200","body":"{}"},null]""")]
    [InlineData("""[{"code":200,"body":"\ud800"},null]""")]
    [InlineData("""[{"code":99999,"body":""},null]""")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("")]
    public async Task EnrichBatchAsync_OtherShape_FailsTheWholeBatch(string body)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(body, 2));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    [Theory]
    [InlineData(4, PluginErrorCode.RateLimitError)]
    [InlineData(2, PluginErrorCode.ConnectionError)]
    [InlineData(100, PluginErrorCode.InvalidConfig)]
    public async Task EnrichBatchAsync_ErrorOfTheBatch_FailsAll(int error, PluginErrorCode code)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(FacebookFixture.Error(error), 2));

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task EnrichBatchAsync_RefusedForTheFirstCallsToken_GoesOnWithoutIt()
    {
        var upstream = new StubHandler(request => request.Method == HttpMethod.Get ? StubHandler.Json(FacebookFixture.Error(190, 460), 400)
            : FirstToken(request) == "token-1" ? StubHandler.Json(FacebookFixture.Error(190), 400)
            : StubHandler.Json(FacebookFixture.Items((200, """{"id":"2"}"""), (200, """{"id":"3"}"""))));
        var results = new BatchResults(3);

        await FacebookFixture.Plugin(upstream).EnrichBatchAsync([new("1"), new("2"), new("3")], results, default);

        Assert.Equal([EnrichmentResultKind.None, EnrichmentResultKind.Found, EnrichmentResultKind.Found], Kinds(results));
        Assert.Equal((PluginErrorCode.AuthError, "HTTP 400, 190.460"), (results.GetFailure(0)!.Code, results.GetFailure(0)!.Message));
    }

    [Fact]
    public async Task EnrichBatchAsync_RefusedForEveryToken_IsGivenUp()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Error(190), 400));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await FacebookFixture.Plugin(upstream).EnrichBatchAsync([.. Enumerable.Range(1, 50).Select(i => new EnrichmentRequest($"{i}"))], new BatchResults(50), default));

        Assert.Equal(PluginErrorCode.AuthError, failure.Code);
        Assert.InRange(upstream.Requests.Count, 2, 8);
    }

    [Fact]
    public async Task EnrichBatchAsync_TokenForAllRefused_FailsAtOnce()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Error(190), 400));
        var plugin = FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { AccessToken = "one" });

        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default));

        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task EnrichBatchAsync_NobodyPossible_SendsNothing()
    {
        var upstream = new StubHandler(_ => throw new InvalidOperationException());
        var results = new BatchResults(2);

        await FacebookFixture.Plugin(upstream).EnrichBatchAsync([new("a"), new("b")], results, default);

        Assert.Equal([EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound], Kinds(results));
    }

    private static string? FirstToken(HttpRequestMessage request) => FacebookFixture.Field(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult(), "access_token");

    private static async Task<BatchResults> EnrichAsync(string body, int count)
    {
        var results = new BatchResults(count);
        await FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(body))).EnrichBatchAsync([.. Enumerable.Range(1, count).Select(i => new EnrichmentRequest($"{i}"))], results, default);
        return results;
    }

    private static IEnumerable<EnrichmentResultKind> Kinds(BatchResults results) => Enumerable.Range(0, results.Count).Select(i => results.GetResult(i).Kind);
}

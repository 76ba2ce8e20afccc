using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Where tokens come from, how long they are kept, and what becomes of refused ones.</summary>
public sealed class FacebookTokenTests
{
    private static readonly FacebookOptions s_endpoint = FacebookFixture.Stub with { TokenUrl = "https://operator.test/tokens", TokenUrlKey = "operator-key" };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task EnrichAsync_TokenUrl_IsAskedByBodyWithItsKey()
    {
        var upstream = Upstream("""{"access_token":"user-token","expires_at":null}""");

        await Plugin(upstream).EnrichAsync(new EnrichmentRequest("user/1?", Id("1")), default);

        Assert.Equal(("POST https://operator.test/tokens", "Bearer operator-key"), (upstream.Requests[0], upstream.Authorizations[0]));
        Assert.Equal("user/1?", JsonDocument.Parse(upstream.Bodies[0]).RootElement.GetProperty("user_id").GetString());
        Assert.Equal("Bearer user-token", upstream.Authorizations[1]);
    }

    [Theory]
    [InlineData("\"2026-03-01T13:00:00Z\"", 58, 59)]
    [InlineData("1772370000", 58, 59)]
    [InlineData("null", 59, 61)]
    [InlineData("0", 59, 61)]
    [InlineData("\"soon\"", 59, 61)]
    public async Task EnrichAsync_Token_IsKeptUntilItExpires(string expiresAt, int keptMinutes, int goneMinutes)
    {
        var upstream = Upstream($$"""{"access_token":"t","expires_at":{{expiresAt}}}""");
        var plugin = Plugin(upstream);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        _time.Advance(TimeSpan.FromMinutes(keptMinutes));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        var asked = TokenRequests(upstream);
        _time.Advance(TimeSpan.FromMinutes(goneMinutes - keptMinutes));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal((1, 2), (asked, TokenRequests(upstream)));
    }

    [Theory]
    [InlineData(200, """{"access_token":null}""")]
    [InlineData(200, """{"access_token":""}""")]
    [InlineData(200, "{}")]
    [InlineData(204, "")]
    [InlineData(404, """{"error":"unknown"}""")]
    public async Task EnrichAsync_OperatorHasNoToken_IsNotFoundForAMinute(int status, string body)
    {
        var upstream = Upstream(body, status);

        var result = await Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal((EnrichmentResultKind.NotFound, TimeSpan.FromMinutes(1), 1), (result.Kind, result.Ttl, upstream.Requests.Count));
    }

    [Theory]
    [InlineData(401, "{}", PluginErrorCode.AuthError)]
    [InlineData(404, "<html>", PluginErrorCode.InvalidConfig)]
    [InlineData(302, "", PluginErrorCode.InvalidConfig)]
    [InlineData(503, "", PluginErrorCode.ConnectionError)]
    [InlineData(200, "<html>secret</html>", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"access_token":7}""", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"access_token":"a b"}""", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"access_token":"a\r\nX-Evil: 1"}""", PluginErrorCode.InvalidResponse)]
    public async Task EnrichAsync_OperatorsEndpointFails_IsThatFailure(int status, string body, PluginErrorCode code)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(async () => await Plugin(Upstream(body, status)).EnrichAsync(new EnrichmentRequest("1"), default));

        Assert.Equal((code, "get_token"), (failure.Code, failure.Operation));
        Assert.DoesNotContain(["secret", "Evil", "operator"], failure.ToString().Contains);
    }

    [Fact]
    public async Task EnrichBatchAsync_OneTokenFails_TheOthersAreRead()
    {
        var source = new FakeTokenSource(userId => userId == "2" ? throw new InvalidOperationException("secret-2") : new AccessToken($"t{userId}"));
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Items((200, """{"id":"1"}"""), (200, """{"id":"3"}"""))));
        var results = new BatchResults(3);

        await FacebookFixture.Plugin(upstream, source: source).EnrichBatchAsync([new("1"), new("2"), new("3")], results, default);

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.Found), (results.GetResult(0).Kind, results.GetResult(2).Kind));
        Assert.Equal((PluginErrorCode.ConnectionError, true), (results.GetFailure(1)!.Code, results.GetFailure(1)!.Retryable));
        Assert.DoesNotContain("secret", results.GetFailure(1)!.ToString());
    }

    [Fact]
    public async Task EnrichAsync_ExpiredToken_IsInvalidatedAndAnotherOneTried()
    {
        var tokens = new Queue<string>(["old", "new"]);
        var source = new FakeTokenSource(_ => new AccessToken(tokens.Dequeue()));
        var upstream = new StubHandler(request => request.Headers.Authorization!.Parameter == "old" ? StubHandler.Json(FacebookFixture.Error(190, 463), 400) : StubHandler.Json("""{"id":"1"}"""));

        var result = await FacebookFixture.Plugin(upstream, source: source).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(EnrichmentResultKind.Found, result.Kind);
        Assert.Equal([("1", "old")], source.Refused);
    }

    [Fact]
    public async Task EnrichAsync_SecondTokenExpiredToo_IsAnAuthErrorAfterTwoCalls()
    {
        var number = 0;
        var source = new FakeTokenSource(_ => new AccessToken($"token{++number}"));
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Error(190, 463), 400));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await FacebookFixture.Plugin(upstream, source: source).EnrichAsync(new EnrichmentRequest("1"), default));

        Assert.Equal((PluginErrorCode.AuthError, false, 2), (failure.Code, failure.Retryable, upstream.Requests.Count));
        Assert.Equal([("1", "token1"), ("1", "token2")], source.Refused);
    }

    [Fact]
    public async Task EnrichAsync_SourceInsistsOnTheExpiredToken_IsAnAuthErrorAfterOneCall()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Error(190, 463), 400));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await FacebookFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default));

        Assert.Equal((PluginErrorCode.AuthError, 1), (failure.Code, upstream.Requests.Count));
    }

    [Theory]
    [InlineData(458)]
    [InlineData(460)]
    [InlineData(467)]
    public async Task EnrichAsync_TokenTakenBack_IsInvalidatedAndNotTriedAgain(int subcode)
    {
        var source = new FakeTokenSource(_ => new AccessToken("t"));
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Error(190, subcode), 400));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await FacebookFixture.Plugin(upstream, source: source).EnrichAsync(new EnrichmentRequest("1"), default));

        Assert.Equal((PluginErrorCode.AuthError, 1), (failure.Code, upstream.Requests.Count));
        Assert.Equal([("1", "t")], source.Refused);
    }

    [Fact]
    public async Task EnrichAsync_RefusedTokenOfTheEndpoint_IsAskedForAnew()
    {
        var number = 0;
        var upstream = new StubHandler(request => request.RequestUri!.Host == "operator.test" ? StubHandler.Json($$"""{"access_token":"t{{++number}}"}""")
            : request.Headers.Authorization!.Parameter == "t1" ? StubHandler.Json(FacebookFixture.Error(190, 463), 400)
            : StubHandler.Json("""{"id":"1"}"""));
        var plugin = Plugin(upstream);

        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(2, number);
    }

    [Fact]
    public async Task EnrichBatchAsync_SecondRoundFails_TheOthersAreRead()
    {
        var number = 0;
        var source = new FakeTokenSource(userId => new AccessToken($"{userId}-{++number}"));
        var upstream = new StubHandler(request => request.Method == HttpMethod.Get ? StubHandler.Json("", 503) : StubHandler.Json(FacebookFixture.Items((200, """{"id":"1"}"""), (400, FacebookFixture.Error(190, 463)))));
        var results = new BatchResults(2);

        await FacebookFixture.Plugin(upstream, source: source).EnrichBatchAsync([new("1"), new("2")], results, default);

        Assert.Equal((EnrichmentResultKind.Found, PluginErrorCode.ConnectionError), (results.GetResult(0).Kind, results.GetFailure(1)!.Code));
    }

    [Fact]
    public async Task EnrichBatchAsync_SourceThatThrowsOnInvalidate_LosesNobody()
    {
        var source = new FakeTokenSource(userId => new AccessToken(userId)) { ThrowOnInvalidate = true };
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Items((200, """{"id":"1"}"""), (400, FacebookFixture.Error(190, 460)))));
        var results = new BatchResults(2);

        await FacebookFixture.Plugin(upstream, source: source).EnrichBatchAsync([new("1"), new("2")], results, default);

        Assert.Equal((EnrichmentResultKind.Found, PluginErrorCode.AuthError), (results.GetResult(0).Kind, results.GetFailure(1)!.Code));
    }

    [Fact]
    public void Cache_TooManyUsers_ForgetsTheLongestUnused()
    {
        var cache = new FacebookTokenCache(capacity: 2, _time);
        cache.Add("a", new AccessToken("1"));
        cache.Add("b", new AccessToken("2"));
        cache.Find("a");

        cache.Add("c", new AccessToken("3"));

        Assert.Equal(("1", null, "3"), (cache.Find("a")?.Value, cache.Find("b")?.Value, cache.Find("c")?.Value));
    }

    [Fact]
    public void Cache_RemoveOfAnOlderToken_KeepsTheNewer()
    {
        var cache = new FacebookTokenCache(capacity: 2, _time);
        cache.Add("a", new AccessToken("old"));
        cache.Add("a", new AccessToken("new"));

        cache.Remove("a", new AccessToken("old"));

        Assert.Equal("new", cache.Find("a")?.Value);
    }

    private static Dictionary<string, string> Id(string id) => new() { ["facebook_id"] = id };

    private FacebookPlugin Plugin(StubHandler upstream) => new(s_endpoint, FacebookFixture.Context(upstream, _time));

    private static StubHandler Upstream(string tokenAnswer, int status = 200) =>
        new(request => request.RequestUri!.Host == "operator.test" ? StubHandler.Json(tokenAnswer, status) : StubHandler.Json("""{"id":"1"}"""));

    private static int TokenRequests(StubHandler upstream) => upstream.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal));
}

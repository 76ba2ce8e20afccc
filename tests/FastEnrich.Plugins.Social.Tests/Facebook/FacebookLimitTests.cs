using FastEnrich.Plugins.Social.Facebook;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Limits, by errors and by the usage that headers tell.</summary>
public sealed class FacebookLimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Queue<HttpResponseMessage> _answers = new();
    private readonly StubHandler _upstream;

    public FacebookLimitTests() => _upstream = new StubHandler(request => _answers.TryDequeue(out var answer) ? answer : Found(request));

    [Fact]
    public async Task EnrichAsync_AppLimit_StopsEverybodyUntilItIsOver()
    {
        var plugin = FacebookFixture.Plugin(_upstream, timeProvider: _time);
        _answers.Enqueue(StubHandler.Json(FacebookFixture.Error(4), 403));
        await FailAsync(plugin, "1");

        _time.Advance(TimeSpan.FromMinutes(4));
        var stopped = await FailAsync(plugin, "2");
        _time.Advance(TimeSpan.FromMinutes(1));
        var after = await plugin.EnrichAsync(new EnrichmentRequest("2"), default);

        Assert.Equal((PluginErrorCode.RateLimitError, TimeSpan.FromMinutes(1)), (stopped.Code, stopped.RetryAfter));
        Assert.Equal((EnrichmentResultKind.Found, 2), (after.Kind, _upstream.Requests.Count));
    }

    [Theory]
    [InlineData(17, 5, PluginErrorCode.RateLimitError)]
    [InlineData(80002, 5, PluginErrorCode.RateLimitError)]
    [InlineData(368, 60, PluginErrorCode.QuotaExceeded)]
    public async Task EnrichAsync_UsersLimit_StopsThatUserAlone(int error, int minutes, PluginErrorCode code)
    {
        var plugin = FacebookFixture.Plugin(_upstream, timeProvider: _time);
        _answers.Enqueue(StubHandler.Json(FacebookFixture.Error(error), 400));
        await FailAsync(plugin, "1");

        var stopped = await FailAsync(plugin, "1");
        var other = await plugin.EnrichAsync(new EnrichmentRequest("2"), default);
        _time.Advance(TimeSpan.FromMinutes(minutes));
        var after = await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal((code, TimeSpan.FromMinutes(minutes)), (stopped.Code, stopped.RetryAfter));
        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.Found, 3), (other.Kind, after.Kind, _upstream.Requests.Count));
    }

    [Fact]
    public async Task EnrichAsync_LimitOfTheTokenForAll_StopsEverybody()
    {
        var plugin = FacebookFixture.Plugin(_upstream, FacebookFixture.Stub with { AccessToken = "one" }, _time);
        _answers.Enqueue(StubHandler.Json(FacebookFixture.Error(32), 403));
        await FailAsync(plugin, "1");

        await FailAsync(plugin, "2");

        Assert.Single(_upstream.Requests);
    }

    [Theory]
    [InlineData("X-App-Usage", """{"call_count":28,"total_time":100,"total_cputime":25}""", 5)]
    [InlineData("X-App-Usage", """{"call_count":250}""", 5)]
    [InlineData("X-Business-Use-Case-Usage", """{"66782684":[{"type":"pages","call_count":5,"estimated_time_to_regain_access":0},{"type":"pages","call_count":10,"estimated_time_to_regain_access":19}]}""", 19)]
    [InlineData("X-Business-Use-Case-Usage", """{"1":[{"call_count":100}],"2":[{"call_count":1}]}""", 5)]
    public async Task EnrichAsync_UsageIsUp_StopsBeforeTheLimitSaysSo(string header, string value, int minutes)
    {
        var plugin = FacebookFixture.Plugin(_upstream, FacebookFixture.Stub with { AccessToken = "one" }, _time);
        _answers.Enqueue(StubHandler.Json("""{"id":"1"}""", 200, (header, value)));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        var stopped = await FailAsync(plugin, "2");

        Assert.Equal((PluginErrorCode.RateLimitError, TimeSpan.FromMinutes(minutes), 1), (stopped.Code, stopped.RetryAfter, _upstream.Requests.Count));
    }

    [Fact]
    public async Task EnrichAsync_BusinessUsageOfAUsersToken_StopsThatUserAlone()
    {
        var plugin = FacebookFixture.Plugin(_upstream, timeProvider: _time);
        _answers.Enqueue(StubHandler.Json("""{"id":"1"}""", 200, ("X-Business-Use-Case-Usage", """{"1":[{"estimated_time_to_regain_access":7}]}""")));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        var stopped = await FailAsync(plugin, "1");
        var other = await plugin.EnrichAsync(new EnrichmentRequest("2"), default);

        Assert.Equal((TimeSpan.FromMinutes(7), EnrichmentResultKind.Found), (stopped.RetryAfter, other.Kind));
    }

    [Fact]
    public async Task EnrichAsync_UsageNearlyUp_SpreadsTheCallsThatAreLeft()
    {
        var plugin = FacebookFixture.Plugin(_upstream, timeProvider: _time);
        _answers.Enqueue(StubHandler.Json("""{"id":"1"}""", 200, ("X-App-Usage", """{"call_count":95}""")));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        await plugin.EnrichAsync(new EnrichmentRequest("2"), default);

        var third = plugin.EnrichAsync(new EnrichmentRequest("3"), default).AsTask();
        var before = _upstream.Requests.Count;
        _time.Advance(TimeSpan.FromMilliseconds(150));
        await third;

        Assert.Equal((2, 3), (before, _upstream.Requests.Count));
    }

    [Fact]
    public async Task EnrichBatchAsync_UsageInsideAnItem_IsSeen()
    {
        var plugin = FacebookFixture.Plugin(_upstream, timeProvider: _time);
        _answers.Enqueue(StubHandler.Json("""[{"code":200,"headers":[{"name":"x-app-usage","value":"{\"call_count\":100}"}],"body":"{\"id\":\"1\"}"},{"code":200,"body":"{\"id\":\"2\"}"}]"""));
        await plugin.EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default);

        var stopped = await FailAsync(plugin, "3");

        Assert.Equal(PluginErrorCode.RateLimitError, stopped.Code);
    }

    [Fact]
    public async Task EnrichAsync_LimitWithRetryAfter_WaitsThatLong()
    {
        var plugin = FacebookFixture.Plugin(_upstream, timeProvider: _time);
        _answers.Enqueue(StubHandler.Json("", 429, ("Retry-After", "90")));

        var failure = await FailAsync(plugin, "1");

        Assert.Equal((PluginErrorCode.RateLimitError, TimeSpan.FromSeconds(90)), (failure.Code, failure.RetryAfter));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"call_count":"100"}""")]
    [InlineData("""{"call_count":-5}""")]
    [InlineData("""{"a":[7,null,{"call_count":{}}],"b":"x","c":[]}""")]
    public async Task EnrichAsync_DamagedUsage_SaysNothing(string value)
    {
        var plugin = FacebookFixture.Plugin(_upstream, FacebookFixture.Stub with { AccessToken = "one" }, _time);
        _answers.Enqueue(StubHandler.Json("""{"id":"1"}""", 200, ("X-App-Usage", value), ("X-Business-Use-Case-Usage", value)));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest("2"), default)).Kind);
    }

    [Fact]
    public async Task CheckHealthAsync_WhileBlocked_SendsNothing()
    {
        var plugin = FacebookFixture.Plugin(_upstream, FacebookFixture.Stub with { AccessToken = "one" }, _time);
        _answers.Enqueue(StubHandler.Json(FacebookFixture.Error(4), 403));
        await FailAsync(plugin, "1");

        Assert.Null(await plugin.CheckHealthAsync(default));
        Assert.Single(_upstream.Requests);
    }

    private static HttpResponseMessage Found(HttpRequestMessage request) => StubHandler.Json($$"""{"id":"{{request.RequestUri!.Segments[^1]}}"}""");

    private static async Task<PluginException> FailAsync(FacebookPlugin plugin, string userId) =>
        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(userId), default));
}

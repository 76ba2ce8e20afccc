using FastEnrich.Plugins.Social.X;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>X's limits: windows that count for each endpoint, caps of days and months, credits.</summary>
public sealed class XLimitTests
{
    private const string User = """{"data":[{"id":"1"}]}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.Zero));
    private int _limited = 1;

    [Theory]
    [InlineData("{\"title\":\"Too Many Requests\",\"type\":\"about:blank\",\"status\":429}", 429, "HTTP 429")]
    [InlineData("{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}", 429, "HTTP 429, 88")]
    [InlineData("Rate limit exceeded\n", 429, "HTTP 429")]
    public async Task EnrichAsync_EachFormOf429_WaitsUntilTheReset(string body, int status, string message)
    {
        var plugin = Plugin(body, status, ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(4))));

        var failure = await FailAsync(plugin);

        Assert.Equal((PluginErrorCode.RateLimitError, true, TimeSpan.FromMinutes(4), message), (failure.Code, failure.Retryable, failure.RetryAfter, failure.Message));
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData("1", 1)]
    [InlineData("soon", 60)]
    [InlineData("99999999999", 86_400)]
    public async Task EnrichAsync_OddReset_IsAWaitAllTheSame(string? reset, int seconds)
    {
        var plugin = Plugin("", 429, reset is null ? [] : [("x-rate-limit-reset", reset)]);

        Assert.Equal(TimeSpan.FromSeconds(seconds), (await FailAsync(plugin)).RetryAfter);
    }

    [Fact]
    public async Task EnrichAsync_AfterA429_SendsNothingUntilTheReset()
    {
        var upstream = Upstream("", 429, ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(4))));
        var plugin = XFixture.Plugin(upstream, timeProvider: _time);
        await FailAsync(plugin);

        _time.Advance(TimeSpan.FromMinutes(3));
        var early = await FailAsync(plugin);
        _time.Advance(TimeSpan.FromMinutes(1));
        var late = await plugin.EnrichAsync(XFixture.ById("1"), default);

        Assert.Equal((PluginErrorCode.RateLimitError, TimeSpan.FromMinutes(1)), (early.Code, early.RetryAfter));
        Assert.Equal((EnrichmentResultKind.Found, 3), (late.Kind, upstream.Requests.Count)); // the 429, then user and posts
    }

    [Fact]
    public async Task EnrichAsync_WindowSpent_IsNotEvenAskedAgain()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User, 200, ("x-rate-limit-limit", "300"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(9)))));
        var plugin = XFixture.Plugin(upstream, XFixture.Options with { Capabilities = [] }, _time);
        await plugin.EnrichAsync(XFixture.ById("1"), default);

        var failure = await FailAsync(plugin);

        Assert.Equal((PluginErrorCode.RateLimitError, TimeSpan.FromMinutes(9)), (failure.Code, failure.RetryAfter));
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task EnrichAsync_TimelinesLimited_LookupsGoOn()
    {
        var upstream = new StubHandler(request => request.RequestUri!.AbsolutePath.EndsWith("/tweets", StringComparison.Ordinal) ? StubHandler.Json("", 429, ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(9)))) : StubHandler.Json(User));
        var plugin = XFixture.Plugin(upstream, timeProvider: _time);

        var failures = new[] { await FailAsync(plugin), await FailAsync(plugin) };

        Assert.All(failures, failure => Assert.Equal("read_posts", failure.Operation));
        Assert.Equal(["/2/users", "/2/users/1/tweets", "/2/users"], upstream.Requests.Select(request => new Uri(request.Split(' ')[1]).AbsolutePath));
    }

    [Theory]
    [InlineData("{\"title\":\"CreditsDepleted\",\"type\":\"https://api.twitter.com/2/problems/credits\"}", 402, 15)]
    [InlineData("{\"title\":\"CreditsDepleted\",\"type\":\"https://api.x.com/2/problems/credits\"}", 403, 15)]
    [InlineData("", 402, 15)]
    [InlineData("{\"title\":\"UsageCapExceeded\",\"type\":\"https://api.x.com/2/problems/usage-capped\",\"period\":\"Monthly\"}", 429, 60)]
    [InlineData("{\"title\":\"UsageCapExceeded\",\"type\":\"about:blank\"}", 429, 60)]
    [InlineData("{\"type\":\"https://api.twitter.com/2/problems/usage-capped\",\"period\":\"Daily\"}", 429, 360)]
    public async Task EnrichAsync_Quota_IsNoRateLimitWhateverItsStatus(string body, int status, int minutes)
    {
        var failure = await FailAsync(Plugin(body, status, ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(4)))));

        Assert.Equal((PluginErrorCode.QuotaExceeded, false, TimeSpan.FromMinutes(minutes)), (failure.Code, failure.Retryable, failure.RetryAfter));
    }

    [Theory]
    [InlineData("x-user-limit-24hour")]
    [InlineData("x-app-limit-24hour")]
    public async Task EnrichAsync_DaySpent_IsAQuotaUntilItsOwnReset(string headers)
    {
        var failure = await FailAsync(Plugin("", 429, ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(4))), ("x-rate-limit-remaining", "47"), ($"{headers}-remaining", "0"), ($"{headers}-reset", Epoch(TimeSpan.FromHours(5)))));

        Assert.Equal((PluginErrorCode.QuotaExceeded, TimeSpan.FromHours(5)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task EnrichAsync_CreditsSpentOnPosts_StopLookupsToo()
    {
        var upstream = new StubHandler(request => request.RequestUri!.AbsolutePath.EndsWith("/tweets", StringComparison.Ordinal) ? StubHandler.Json("", 402) : StubHandler.Json(User));
        var plugin = XFixture.Plugin(upstream, timeProvider: _time);
        await FailAsync(plugin);

        var failure = await FailAsync(plugin);

        Assert.Equal(("read_users", "not sent: the quota is used up, credits"), (failure.Operation, failure.Message));
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task CheckHealthAsync_OwnWindowSpent_IsNoIllness()
    {
        var plugin = XFixture.Plugin(new StubHandler(_ => StubHandler.Json("", 429, ("x-rate-limit-limit", "50"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", Epoch(TimeSpan.FromMinutes(9))))), timeProvider: _time);

        Assert.Null(await plugin.CheckHealthAsync(default));
        Assert.Null(await plugin.CheckHealthAsync(default));
    }

    private static async Task<PluginException> FailAsync(XPlugin plugin) => await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(XFixture.ById("1"), default));

    private string Epoch(TimeSpan fromNow) => (_time.GetUtcNow() + fromNow).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private XPlugin Plugin(string body, int status, params (string, string)[] headers) => XFixture.Plugin(Upstream(body, status, headers), timeProvider: _time);

    /// <summary>An upstream that fails once.</summary>
    private StubHandler Upstream(string body, int status, params (string, string)[] headers) =>
        new(_ => _limited-- > 0 ? StubHandler.Json(body, status, headers) : StubHandler.Json(User));
}

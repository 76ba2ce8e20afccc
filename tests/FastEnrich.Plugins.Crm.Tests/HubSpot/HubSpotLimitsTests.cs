using FastEnrich.Plugins.Crm.HubSpot;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>What the plugin does near a limit, and after it met one.</summary>
public sealed class HubSpotLimitsTests
{
    private const string Contact = """{"id":"1","properties":{}}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 4, 0, TimeSpan.Zero));
    private (int Status, string Body, (string, string)[] Headers) _answer = (200, Contact, []);

    [Theory]
    [InlineData("TEN_SECONDLY_ROLLING", 10)]
    [InlineData("SECONDLY", 1)]
    public async Task RateLimit_OnceMet_StopsTheNextCallsUntilItIsOver(string policy, int seconds)
    {
        var (plugin, upstream) = Plugin();
        _answer = (429, $$"""{"policyName":"{{policy}}"}""", []);
        await FailAsync(plugin);
        _answer = (200, Contact, []);

        _time.Advance(TimeSpan.FromSeconds(seconds - 0.25));
        var refused = await FailAsync(plugin);
        _time.Advance(TimeSpan.FromSeconds(0.25));

        Assert.Equal((PluginErrorCode.RateLimitError, true, TimeSpan.FromSeconds(0.25)), (refused.Code, refused.Retryable, refused.RetryAfter));
        Assert.Single(upstream.Requests);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
    }

    [Fact]
    public async Task Quota_OnceUsedUp_IsTriedAgainEachQuarterOfAnHour()
    {
        var (plugin, upstream) = Plugin();
        _answer = (429, """{"policyName":"DAILY"}""", []);
        await FailAsync(plugin);

        var refused = await FailAsync(plugin);
        _time.Advance(TimeSpan.FromMinutes(11)); // 12:15
        await FailAsync(plugin);
        _time.Advance(TimeSpan.FromMinutes(15));
        _answer = (200, Contact, []);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal((PluginErrorCode.QuotaExceeded, false, TimeSpan.FromMinutes(11)), (refused.Code, refused.Retryable, refused.RetryAfter));
        Assert.Contains("DAILY", refused.Message);
        Assert.Equal(3, upstream.Requests.Count);
    }

    [Fact]
    public async Task Window_NearlyUsedUp_SlowsTheNextCallsDown()
    {
        var (plugin, _) = Plugin();
        _answer = (200, Contact, Window("110", "20", "10000"));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        _answer = (200, Contact, Window("110", "10", "9000"));
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        var third = plugin.EnrichAsync(new EnrichmentRequest("1"), default).AsTask();
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await third;
    }

    [Theory]
    [InlineData("-1", "-1", "10000")]
    [InlineData("99999999999999999999", "0", "10000")]
    [InlineData("110", "0", "-5")]
    [InlineData("110", "0", "NaN")]
    [InlineData("110", "0", "9223372036854775807")]
    public async Task Window_HeadersThatMakeNoSense_LimitNothing(string max, string remaining, string interval)
    {
        var (plugin, _) = Plugin();
        _answer = (200, Contact, Window(max, remaining, interval));

        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.True(plugin.EnrichAsync(new EnrichmentRequest("1"), default).IsCompleted);
    }

    private static (string, string)[] Window(string max, string remaining, string interval) =>
        [("X-HubSpot-RateLimit-Max", max), ("X-HubSpot-RateLimit-Remaining", remaining), ("X-HubSpot-RateLimit-Interval-Milliseconds", interval)];

    private static Task<PluginException> FailAsync(HubSpotPlugin plugin) =>
        Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));

    private (HubSpotPlugin Plugin, StubHandler Upstream) Plugin()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(_answer.Body, _answer.Status, _answer.Headers));
        return (HubSpotFixture.Plugin(new HubSpotOptions { ApiKey = "token", Capabilities = [] }, upstream, _time), upstream);
    }
}

using FastEnrich.Plugins.Crm.Pipedrive;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>Limits that answers announce, on a clock of the test's own.</summary>
public sealed class PipedriveLimitsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private PipedriveStub _stub = PipedriveStub.Person("""{"id":1}""");

    [Fact]
    public async Task EnrichAsync_AfterABurstRefusal_SendsNothingUntilTheWindowEnds()
    {
        var plugin = await RefusedAsync(("x-ratelimit-reset", "2"));

        Assert.Equal((PluginErrorCode.RateLimitError, 2d), await FailureAsync(plugin));
        Assert.Single(_stub.Requests);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_BudgetUsedUp_IsAskedAgainAnHourLater()
    {
        var plugin = await RefusedAsync(("x-ratelimit-reset", "2"), ("x-daily-ratelimit-token-limit", "30000"), ("x-daily-ratelimit-token-remaining", "0"));

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal((PluginErrorCode.QuotaExceeded, 60d), await FailureAsync(plugin));
        Assert.Single(_stub.Requests);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_BudgetUsedUpBeforeMidnight_IsWholeAtMidnight()
    {
        _time.SetUtcNow(new DateTimeOffset(2026, 3, 1, 23, 50, 0, TimeSpan.Zero));

        var plugin = await RefusedAsync(("x-daily-ratelimit-token-limit", "30000"), ("x-daily-ratelimit-token-remaining", "0"));

        Assert.Equal((PluginErrorCode.QuotaExceeded, 600d), await FailureAsync(plugin));
    }

    [Fact]
    public async Task EnrichAsync_LastTenthOfTheBudget_IsSpreadOverUsers()
    {
        _stub = new PipedriveStub().On("/api/v2/persons/1", PipedriveStub.One("""{"id":1}"""), headers: [("x-daily-ratelimit-token-limit", "32000"), ("x-daily-ratelimit-token-remaining", "3200")]);
        var plugin = PipedriveFixture.Plugin(_stub, timeProvider: _time);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default); // whole, with all its requests

        var (code, wait) = await FailureAsync(plugin);

        Assert.Equal(PluginErrorCode.RateLimitError, code);
        Assert.InRange(wait!.Value, 300, 450); // 103 users in 12 hours
        _time.Advance(TimeSpan.FromSeconds(wait.Value));
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest("1"), default)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_WindowUsedUpByOthers_IsNotTried()
    {
        _stub = new PipedriveStub().On("/api/v2/persons/1", PipedriveStub.One("""{"id":1,"activities_count":0,"won_deals_count":0,"open_deals_count":0}"""), headers: [("x-ratelimit-limit", "80"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "2")]);
        var plugin = PipedriveFixture.Plugin(_stub, timeProvider: _time);
        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal((PluginErrorCode.RateLimitError, 2d), await FailureAsync(plugin));
        Assert.Single(_stub.Requests);
    }

    [Fact]
    public async Task EnrichAsync_BlockedBySearches_StillReadsById()
    {
        _stub = PipedriveStub.Person("""{"id":1}""").On("/api/v2/persons/search", "{}", 429, ("x-ratelimit-reset", "2"));
        var plugin = PipedriveFixture.Plugin(_stub, PipedriveFixture.Plain with { LookupBy = "email" }, _time);
        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("a@example.org"), default));

        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("a@example.org"), default));

        Assert.Single(_stub.Requests);
        _stub.On("/v1/users/me", PipedriveStub.One("""{"id":1}"""));
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    public async Task EnrichAsync_SenselessReset_WaitsForTheDocumentedWindow(string reset)
    {
        var plugin = await RefusedAsync(("x-ratelimit-reset", reset));

        Assert.Equal((PluginErrorCode.RateLimitError, 2d), await FailureAsync(plugin));
    }

    private async Task<PipedrivePlugin> RefusedAsync(params (string, string)[] headers)
    {
        _stub.On("/api/v2/persons/1", """{"success":false,"error":"request over limit","errorCode":429}""", 429, headers);
        var plugin = PipedriveFixture.Plugin(_stub, timeProvider: _time);
        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));
        _stub.On("/api/v2/persons/1", PipedriveStub.One("""{"id":1}"""));
        return plugin;
    }

    private static async Task<(PluginErrorCode Code, double? Wait)> FailureAsync(PipedrivePlugin plugin)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));
        return (failure.Code, failure.RetryAfter?.TotalSeconds);
    }
}

using System.Globalization;
using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>The organization's limits: what is read of them, and what is not sent because of them.</summary>
public sealed class SalesforceLimitsTests
{
    private static readonly SalesforceOptions s_alone = SalesforceFixture.Static with { Capabilities = [] };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private string? _usage;
    private string? _error;
    private int _sent;

    [Theory]
    [InlineData("api-usage=18/5000", "api-usage 18/5000")]
    [InlineData("api-usage=18/5000; per-app-api-usage=17/250(appName=sample-connected-app)", "api-usage 18/5000, per-app-api-usage 17/250")]
    [InlineData(" api-usage = 18 / 5000 ", "api-usage 18/5000")]
    [InlineData("api-usage=-1/5000", "")]
    [InlineData("api-usage=1/99999999999999999999", "")]
    [InlineData("api-usage=/", "")]
    [InlineData("other=1/2", "")]
    [InlineData("=1/2;/", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Parse_Header_LeavesOutWhatMakesNoSense(string? header, string usage) =>
        Assert.Equal(usage, string.Join(", ", SalesforceUsage.Parse(header).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Window} {entry.Used}/{entry.Limit}"))));

    [Fact]
    public async Task EnrichAsync_DailyLimit_IsQuotaExceededAndThenNothingIsSentForAQuarterOfAnHour()
    {
        var plugin = Plugin();
        _error = """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""";

        var first = await FailureAsync(plugin);
        var second = await FailureAsync(plugin);
        _error = null;
        _time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal((PluginErrorCode.QuotaExceeded, false, PluginErrorCode.QuotaExceeded, TimeSpan.FromMinutes(15)), (first.Code, first.Retryable, second.Code, second.RetryAfter));
        Assert.Equal(1, _sent);
        Assert.Equal(EnrichmentResultKind.Found, (await EnrichAsync(plugin)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_ConcurrencyLimit_IsARateLimitWithAShortWait()
    {
        var plugin = Plugin();
        _error = """[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""";

        var failure = await FailureAsync(plugin);
        _error = null;
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((PluginErrorCode.RateLimitError, true, TimeSpan.FromSeconds(2)), (failure.Code, failure.Retryable, failure.RetryAfter));
        Assert.Equal(EnrichmentResultKind.Found, (await EnrichAsync(plugin)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_RequestsUsedUp_StopsBeforeSalesforceSaysSo()
    {
        var plugin = Plugin();
        _usage = "api-usage=15000/15000";

        Assert.Equal(EnrichmentResultKind.Found, (await EnrichAsync(plugin)).Kind);
        Assert.Equal(PluginErrorCode.QuotaExceeded, (await FailureAsync(plugin)).Code);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task EnrichAsync_LastTenthOfTheRequests_IsSpread()
    {
        var plugin = Plugin();
        _usage = "api-usage=14900/15000";
        await EnrichAsync(plugin);
        await EnrichAsync(plugin);

        var failure = await FailureAsync(plugin);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(PluginErrorCode.RateLimitError, failure.Code);
        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, 1, 60);
        Assert.Equal(EnrichmentResultKind.Found, (await EnrichAsync(plugin)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_PlentyOfRequests_AreNotSpread()
    {
        var plugin = Plugin();
        _usage = "api-usage=1000/15000";

        for (var i = 0; i < 20; i++)
        {
            await EnrichAsync(plugin);
        }

        Assert.Equal(20, _sent);
    }

    [Fact]
    public async Task Credits_AreRequestsAsSalesforceCountsThem()
    {
        var handler = SalesforceUpstream.Answering("""{"Id":"003dM00001vWOXJQA4","AccountId":"001dM00003jU9GxQAK"}""");
        using var upstream = new UpstreamClient("salesforce", handler);
        var plugin = SalesforceFixture.Plugin(SalesforceFixture.Static, upstream);

        await plugin.EnrichAsync(new EnrichmentRequest("003dM00001vWOXJQA4"), default);

        Assert.Equal((2, 7), (upstream.Usage.Requests, upstream.Usage.Credits)); // the contact, and six within one request
    }

    [Theory]
    [InlineData("""{"DailyApiRequests":{"Max":15000,"Remaining":14976}}""", 200, true)]
    [InlineData("""{"DailyApiRequests":{"Max":15000,"Remaining":0}}""", 200, false)]
    [InlineData("{}", 200, null)]
    [InlineData("<html>", 200, null)]
    [InlineData("""[{"errorCode":"API_DISABLED_FOR_ORG"}]""", 403, null)]
    [InlineData("""[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]""", 403, false)]
    [InlineData("""[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"ConcurrentRequests Limit exceeded."}]""", 403, null)]
    [InlineData("""[{"errorCode":"INVALID_SESSION_ID"}]""", 401, false)]
    [InlineData("""[{"errorCode":"SERVER_UNAVAILABLE"}]""", 503, false)]
    public async Task CheckHealthAsync_Answer_IsHealthOrNoOpinion(string body, int status, bool? healthy)
    {
        var upstream = new StubHandler(_ => StubHandler.Json(body, status));

        Assert.Equal(healthy, await SalesforceFixture.Plugin(upstream).CheckHealthAsync(default));
        Assert.Equal("GET https://acme.my.salesforce.com/services/data/v67.0/limits", Assert.Single(upstream.Requests));
    }

    private SalesforcePlugin Plugin() => SalesforceFixture.Plugin(
        s_alone,
        new StubHandler(_ =>
        {
            _sent++;
            return StubHandler.Json(_error ?? """{"Id":"003dM00001vWOXJQA4"}""", _error is null ? 200 : 403, _usage is null ? [] : [("Sforce-Limit-Info", _usage)]);
        }),
        _time);

    private static async Task<EnrichmentResult> EnrichAsync(SalesforcePlugin plugin) => await plugin.EnrichAsync(new EnrichmentRequest("003dM00001vWOXJQA4"), default);

    private static Task<PluginException> FailureAsync(SalesforcePlugin plugin) => Assert.ThrowsAsync<PluginException>(() => EnrichAsync(plugin));
}

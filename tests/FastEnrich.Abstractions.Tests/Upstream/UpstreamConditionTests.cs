using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Upstream;

/// <summary>What the engine's health is told of tokens and quotas.</summary>
public sealed class UpstreamConditionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TokenEndpoint _endpoint = new();
    private readonly UpstreamClient _client;

    public UpstreamConditionTests() => _client = new UpstreamClient("test", _endpoint);

    private DateTimeOffset Now => _time.GetUtcNow();

    private UpstreamStanding Standing => _client.Condition.Read(Now);

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Read_NothingKnown_IsGood() => Assert.Equal(new UpstreamStanding(TokenStanding.Good, null, null), Standing);

    [Fact]
    public async Task Token_RenewsItself_IsGoodEvenWhenItHasExpiredUnused()
    {
        var tokens = Tokens();
        await tokens.GetAsync(default);
        Assert.Equal((TokenStanding.Good, Now.AddHours(1)), (Standing.Token, Standing.TokenExpiresAt));

        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(TokenStanding.Good, Standing.Token);
    }

    [Fact]
    public async Task Token_RenewalFails_IsExpiringThenExpiredThenGood()
    {
        var tokens = Tokens();
        await tokens.GetAsync(default);
        _endpoint.Token = static _ => TokenEndpoint.Json("{}", 503);
        _time.Advance(TimeSpan.FromMinutes(59.5));
        await tokens.GetAsync(default); // inside its margin: the old one still serves
        Assert.Equal(TokenStanding.Expiring, Standing.Token);

        _time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<PluginException>(async () => await tokens.GetAsync(default));
        Assert.Equal(TokenStanding.Expired, Standing.Token);

        _endpoint.Token = static _ => TokenEndpoint.Json("""{"access_token":"new","expires_in":3600}""");
        _time.Advance(TimeSpan.FromMinutes(6));
        await tokens.GetAsync(default);
        Assert.Equal(TokenStanding.Good, Standing.Token);
    }

    [Fact]
    public void ReportToken_NobodyRenewsIt_IsExpiringADayBefore()
    {
        _client.Condition.ReportToken(Now.AddHours(25));
        Assert.Equal(TokenStanding.Good, Standing.Token);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TokenStanding.Expiring, Standing.Token);
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(TokenStanding.Expired, Standing.Token);

        _client.Condition.ReportToken(null);

        Assert.Equal(TokenStanding.Good, Standing.Token);
    }

    [Fact]
    public void Quota_SeveralLimits_IsTheScarcestUntilItsReset()
    {
        var limits = new UpstreamLimits(_client, _time);
        var other = new UpstreamLimits(_client, _time);
        limits.Note("day", 1000, 400, Now.AddHours(10));
        limits.Note("hour", 100, 90, Now.AddHours(1));
        other.Note("searches", 10, 2, Now.AddMinutes(30));

        Assert.Equal(0.2, Standing.QuotaLeft);
        _time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(0.4, Standing.QuotaLeft);
        _client.Condition.ReportQuota(0.1, Now.AddMinutes(1));
        Assert.Equal(0.1, Standing.QuotaLeft);
    }

    [Fact]
    public void Quota_WindowOfSeconds_IsARateAndNotTold()
    {
        new UpstreamLimits(_client, _time).Note("burst", 100, 0, Now.AddSeconds(10));

        Assert.Null(Standing.QuotaLeft);
    }

    [Fact]
    public void Quota_Blocked_IsSpentUntilTheEnd()
    {
        new UpstreamLimits(_client, _time).Block(Now.AddHours(1), PluginErrorCode.QuotaExceeded);
        Assert.Equal(0, Standing.QuotaLeft);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Null(Standing.QuotaLeft);
    }

    [Fact]
    public void Quota_HostileNumbers_StayAShare()
    {
        var limits = new UpstreamLimits(_client, _time);
        limits.Note("a", 10, long.MinValue, Now.AddHours(1));
        limits.Note("b", 10, long.MaxValue, Now.AddHours(1));
        limits.Note("c", long.MinValue, 1, Now.AddHours(1));

        Assert.Equal(0, Standing.QuotaLeft);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void ReportQuota_NoShare_Throws(double left) => Assert.Throws<ArgumentOutOfRangeException>(() => _client.Condition.ReportQuota(left, Now));

    [Fact]
    public void Watch_ManySources_IsBounded()
    {
        for (var i = 0; i < 100; i++)
        {
            new UpstreamLimits(_client, _time).Note("day", 100, 100 - i, Now.AddHours(1));
        }

        Assert.InRange(Standing.QuotaLeft!.Value, 0.5, 1);
    }

    private OAuthTokens Tokens() => new(
        _client,
        new OAuthOptions { TokenUrl = new Uri("https://upstream.test/token"), Grant = OAuthGrant.ClientCredentials, ClientId = "app", ClientSecret = "hush" },
        _time);
}

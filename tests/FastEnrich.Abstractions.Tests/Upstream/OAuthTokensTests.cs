using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Upstream;

public sealed class OAuthTokensTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TokenEndpoint _endpoint = new();
    private readonly UpstreamClient _client;

    public OAuthTokensTests() => _client = new UpstreamClient("test", _endpoint);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task GetAsync_HundredWaiters_ShareOneRequest()
    {
        var tokens = Tokens();
        _endpoint.Gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(0, 100).Select(_ => tokens.GetAsync(default).AsTask()).ToArray(); // all wait before anything is answered

        _endpoint.Gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("access-1", token.Value));
        Assert.Single(_endpoint.TokenRequests);
    }

    [Fact]
    public async Task GetAsync_OneWaiterIsCancelled_TheOthersGetTheToken()
    {
        var tokens = Tokens();
        using var caller = new CancellationTokenSource();
        _endpoint.Gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = tokens.GetAsync(caller.Token).AsTask();
        var second = tokens.GetAsync(default).AsTask();

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _endpoint.Gate.SetResult();

        Assert.Equal("access-1", (await second).Value);
        Assert.Single(_endpoint.TokenRequests);
    }

    [Theory]
    [InlineData(3600, 3539, 1)]
    [InlineData(3600, 3540, 2)] // a minute before the end
    [InlineData(100, 89, 1)]
    [InlineData(100, 90, 2)] // a tenth of a short life
    public async Task GetAsync_BeforeTheExpiry_RenewsInTheMargin(int lifetime, int age, int requests)
    {
        var tokens = Tokens();
        _endpoint.Token = number => TokenEndpoint.Json($$"""{"access_token":"access-{{number}}","expires_in":{{lifetime}}}""");
        var first = await tokens.GetAsync(default);

        _time.Advance(TimeSpan.FromSeconds(age));
        var second = await tokens.GetAsync(default);

        Assert.Equal(requests, _endpoint.TokenRequests.Length);
        Assert.Equal($"access-{requests}", second.Value);
        Assert.Equal(_time.Start.AddSeconds(lifetime), first.ExpiresAt);
    }

    [Fact]
    public async Task GetAsync_RenewalFailsInTheMargin_TheOldTokenServesToItsEnd()
    {
        var tokens = Tokens();
        await tokens.GetAsync(default);
        _endpoint.Token = static _ => TokenEndpoint.Json("{}", 503);

        _time.Advance(TimeSpan.FromSeconds(3550));
        var inTheMargin = await tokens.GetAsync(default);
        _time.Advance(TimeSpan.FromSeconds(50));
        var failure = await Assert.ThrowsAsync<PluginException>(async () => await tokens.GetAsync(default));

        Assert.Equal(("access-1", PluginErrorCode.ConnectionError), (inTheMargin.Value, failure.Code));
    }

    [Theory]
    [InlineData("""{"access_token":"a"}""", null)]
    [InlineData("""{"access_token":"a","expires_in":"7200"}""", 7200.0)]
    [InlineData("""{"access_token":"a","expires_in":90.5}""", 90.5)]
    [InlineData("""{"access_token":"a","expires_in":-5}""", null)]
    [InlineData("""{"access_token":"a","expires_in":"NaN"}""", null)]
    [InlineData("""{"access_token":"a","expires_in":1e300}""", 366.0 * 86400)]
    [InlineData("""{"access_token":"a","expires_in":[1]}""", null)]
    public async Task GetAsync_Lifetime_IsReadLeniently(string answer, double? seconds)
    {
        _endpoint.Token = _ => TokenEndpoint.Json(answer);

        var token = await Tokens().GetAsync(default);

        Assert.Equal(seconds, (token.ExpiresAt - _time.Start)?.TotalSeconds);
    }

    [Fact]
    public async Task GetAsync_NoLifetimeInTheAnswer_TakesTheAssumedOne()
    {
        _endpoint.Token = static _ => TokenEndpoint.Json("""{"access_token":"a"}""");

        var token = await Tokens(options => options with { AssumedLifetime = TimeSpan.FromHours(2) }).GetAsync(default);

        Assert.Equal(_time.Start.AddHours(2), token.ExpiresAt);
    }

    [Theory]
    [InlineData("""{"access_token":"a","instance_url":"https://org.example.com/"}""", "https://org.example.com")]
    [InlineData("""{"access_token":"a","api_domain":"https://co.example.com"}""", "https://co.example.com")]
    [InlineData("""{"access_token":"a","instance_url":"http://org.example.com"}""", null)]
    [InlineData("""{"access_token":"a","instance_url":"https://user@org.example.com"}""", null)]
    [InlineData("""{"access_token":"a","instance_url":"file:///etc"}""", null)]
    public async Task GetAsync_BaseUrl_IsTakenOnlyWhenItIsAsSafe(string answer, string? expected)
    {
        _endpoint.Token = _ => TokenEndpoint.Json(answer);

        Assert.Equal(expected, (await Tokens().GetAsync(default)).BaseUrl);
    }

    [Fact]
    public async Task GetAsync_RotatedRefreshToken_IsUsedNext()
    {
        var tokens = Tokens(Refreshing);
        _endpoint.Token = static number => TokenEndpoint.Json($$"""{"access_token":"access-{{number}}","refresh_token":"rotated-{{number}}","expires_in":60}""");
        for (var i = 0; i < 3; i++)
        {
            await tokens.GetAsync(default);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Collection(
            _endpoint.TokenRequests,
            request => Assert.Contains("refresh_token=refresh-secret", request.Form),
            request => Assert.Contains("refresh_token=rotated-1", request.Form),
            request => Assert.Contains("refresh_token=rotated-2", request.Form));
    }

    [Theory]
    [InlineData(OAuthClientAuthentication.Form, null, "grant_type=client_credentials&client_id=app&client_secret=hush+%2B&scope=a+b")]
    [InlineData(OAuthClientAuthentication.Basic, "Basic YXBwOmh1c2glMjAlMkI=", "grant_type=client_credentials&scope=a+b")]
    public async Task GetAsync_ClientCredentials_StandWhereTheServerWantsThem(OAuthClientAuthentication place, string? authorization, string form)
    {
        await Tokens(options => options with { ClientAuthentication = place, Scope = "a b" }).GetAsync(default);

        Assert.Equal((authorization, form), _endpoint.TokenRequests.Single());
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"planted"}""", PluginErrorCode.AuthError)]
    [InlineData(400, """{"error":"inactive_user"}""", PluginErrorCode.AuthError)]
    [InlineData(401, """{"error":"invalid_client"}""", PluginErrorCode.InvalidConfig)]
    [InlineData(400, """{"error":"invalid_client_id"}""", PluginErrorCode.InvalidConfig)]
    [InlineData(400, """{"error":"unsupported_grant_type"}""", PluginErrorCode.InvalidConfig)]
    [InlineData(400, """{"status":"BAD_REFRESH_TOKEN","message":"planted"}""", PluginErrorCode.AuthError)]
    [InlineData(400, """{"error":"rate_limit_exceeded"}""", PluginErrorCode.RateLimitError)]
    [InlineData(403, "planted", PluginErrorCode.AuthError)]
    [InlineData(404, "<html>planted</html>", PluginErrorCode.InvalidConfig)]
    [InlineData(429, "", PluginErrorCode.RateLimitError)]
    [InlineData(500, "", PluginErrorCode.ConnectionError)]
    [InlineData(302, "", PluginErrorCode.InvalidConfig)]
    [InlineData(200, "planted", PluginErrorCode.InvalidResponse)]
    [InlineData(200, "[]", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"access_token":"with blank"}""", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"access_token":"line\nbreak"}""", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"access_token":"\ud800"}""", PluginErrorCode.InvalidResponse)]
    [InlineData(200, """{"error":"invalid_grant"}""", PluginErrorCode.AuthError)]
    public async Task GetAsync_Refusal_HasItsCodeAndNoSecret(int status, string body, PluginErrorCode code)
    {
        _endpoint.Token = _ => TokenEndpoint.Json(body, status);

        var failure = await FailAsync(Tokens(Refreshing));

        Assert.Equal(("test", "get_token", code), (failure.Plugin, failure.Operation, failure.Code));
        Assert.DoesNotContain(["planted", "hush", "refresh-secret", "upstream.test"], failure.ToString().Contains);
    }

    [Theory]
    [InlineData(400, 30)]
    [InlineData(503, 1)]
    public async Task GetAsync_AfterAFailure_RestsAndSaysHowLong(int status, int rest)
    {
        var tokens = Tokens();
        _endpoint.Token = _ => TokenEndpoint.Json("{}", status);
        var first = await FailAsync(tokens);

        _time.Advance(TimeSpan.FromSeconds(rest - 0.5));
        var second = await FailAsync(tokens);

        Assert.Single(_endpoint.TokenRequests);
        Assert.Equal((first.Code, TimeSpan.FromSeconds(0.5)), (second.Code, second.RetryAfter));
        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task GetAsync_AfterTheRest_AsksAgain()
    {
        var tokens = Tokens();
        _endpoint.Token = static number => number == 1 ? TokenEndpoint.Json("{}", 503) : TokenEndpoint.Json("""{"access_token":"good"}""");
        await FailAsync(tokens);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("good", (await tokens.GetAsync(default)).Value);
    }

    [Fact]
    public async Task Invalidate_OldToken_LeavesTheNewerOne()
    {
        var tokens = Tokens();
        var first = await tokens.GetAsync(default);
        tokens.Invalidate(first);
        var second = await tokens.GetAsync(default);

        tokens.Invalidate(first);

        Assert.Same(second, await tokens.GetAsync(default));
    }

    [Fact]
    public async Task Static_Token_IsNeverRenewed()
    {
        var tokens = OAuthTokens.Static("given");

        tokens.Invalidate(await tokens.GetAsync(default));

        Assert.Equal(("given", false), ((await tokens.GetAsync(default)).Value, tokens.CanRenew));
    }

    [Theory]
    [InlineData("with blank")]
    [InlineData("line\nbreak")]
    [InlineData("ümlaut")]
    [InlineData("")]
    public void Static_TokenThatNoHeaderCarries_IsRefusedWithoutQuotingIt(string token)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => OAuthTokens.Static(token));

        Assert.True(token.Length == 0 || !refused.Message.Contains(token, StringComparison.Ordinal));
    }

    public static TheoryData<string, Func<OAuthOptions, OAuthOptions>> BrokenOptions() => new()
    {
        { "no client id", options => options with { ClientId = "" } },
        { "no secret", options => options with { ClientSecret = null } },
        { "no refresh token", options => options with { Grant = OAuthGrant.RefreshToken } },
        { "no key", options => options with { Grant = OAuthGrant.JwtBearer, Subject = "s", Audience = "a" } },
        { "plain http", options => options with { TokenUrl = new Uri("http://upstream.test/token") } },
        { "a query", options => options with { TokenUrl = new Uri("https://upstream.test/token?hush") } },
        { "relative", options => options with { TokenUrl = new Uri("/token", UriKind.Relative) } },
        { "no lifetime", options => options with { AssumedLifetime = TimeSpan.Zero } },
        { "unknown grant", options => options with { Grant = (OAuthGrant)9 } },
    };

    [Theory]
    [MemberData(nameof(BrokenOptions))]
    public void Constructor_OptionsThatCannotWork_AreRefusedWithoutQuotingThem(string _, Func<OAuthOptions, OAuthOptions> change)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => Tokens(change));

        Assert.DoesNotContain("hush", refused.Message);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/token", false)]
    [InlineData("http://localhost/token", false)]
    [InlineData("http://upstream.test/token", true)]
    public void Constructor_PlainHttp_IsTakenOnThisMachineOrWhenAllowed(string url, bool allowHttp) =>
        Assert.True(Tokens(options => options with { TokenUrl = new Uri(url), AllowHttp = allowHttp }).CanRenew);

    [Fact]
    public async Task ToString_Always_ShowsNoSecret()
    {
        var tokens = Tokens(Refreshing);
        var texts = $"{tokens} {await tokens.GetAsync(default)} {Refreshing(Options())}";

        Assert.DoesNotContain(["access-1", "hush", "refresh-secret", "app"], texts.Contains);
    }

    private static OAuthOptions Refreshing(OAuthOptions options) => options with { Grant = OAuthGrant.RefreshToken, RefreshToken = "refresh-secret" };

    private static OAuthOptions Options() => new()
    {
        TokenUrl = new Uri("https://upstream.test/token"),
        Grant = OAuthGrant.ClientCredentials,
        ClientId = "app",
        ClientSecret = "hush +",
    };

    private static Task<PluginException> FailAsync(OAuthTokens tokens) => Assert.ThrowsAsync<PluginException>(async () => await tokens.GetAsync(default));

    private OAuthTokens Tokens(Func<OAuthOptions, OAuthOptions>? change = null) => new(_client, change is null ? Options() : change(Options()), _time);
}

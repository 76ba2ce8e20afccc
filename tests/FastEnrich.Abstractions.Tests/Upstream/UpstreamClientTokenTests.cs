using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Upstream;

public sealed class UpstreamClientTokenTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TokenEndpoint _endpoint = new();
    private readonly UpstreamClient _client;
    private readonly OAuthTokens _tokens;

    public UpstreamClientTokenTests()
    {
        _client = new UpstreamClient("test", _endpoint);
        _tokens = new OAuthTokens(
            _client,
            new OAuthOptions { TokenUrl = new Uri("https://upstream.test/token"), Grant = OAuthGrant.ClientCredentials, ClientId = "app", ClientSecret = "hush" },
            _time);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task SendAsync_TokenTaken_IsOneCall()
    {
        var response = await SendAsync(_tokens);

        Assert.True(response.IsSuccess);
        Assert.Equal(["access-1"], _endpoint.ApiRequests);
    }

    [Fact]
    public async Task SendAsync_TokenExpired_SendsOnceMoreWithANewOne()
    {
        _endpoint.Api = static token => TokenEndpoint.Json("{}", token == "access-1" ? 401 : 200);

        var response = await SendAsync(_tokens);

        Assert.True(response.IsSuccess);
        Assert.Equal(["access-1", "access-2"], _endpoint.ApiRequests);
    }

    [Fact]
    public async Task SendAsync_NewTokenRefusedToo_EndsThere()
    {
        _endpoint.Api = static _ => TokenEndpoint.Json("{}", 401);

        var response = await SendAsync(_tokens);

        Assert.Equal(PluginErrorCode.AuthError, response.ToException().Code);
        Assert.Equal(["access-1", "access-2"], _endpoint.ApiRequests);
    }

    [Fact]
    public async Task SendAsync_EveryTokenRefused_RestsInsteadOfAskingForMore()
    {
        _endpoint.Api = static _ => TokenEndpoint.Json("{}", 401);
        await SendAsync(_tokens);

        var failure = await Assert.ThrowsAsync<PluginException>(() => SendAsync(_tokens));
        Assert.Equal((PluginErrorCode.AuthError, 2), (failure.Code, _endpoint.TokenRequests.Length));
        _time.Advance(TimeSpan.FromSeconds(30));
        await SendAsync(_tokens);

        Assert.Equal(4, _endpoint.TokenRequests.Length);
    }

    [Fact]
    public async Task SendAsync_TokensExpireFarApart_EachIsRenewedAtOnce()
    {
        for (var i = 1; i <= 5; i++)
        {
            var expired = $"access-{i}";
            _endpoint.Api = token => TokenEndpoint.Json("{}", token == expired ? 401 : 200);
            Assert.True((await SendAsync(_tokens)).IsSuccess);
        }

        Assert.Equal(6, _endpoint.TokenRequests.Length);
    }

    [Fact]
    public async Task SendAsync_StaticTokenRefused_IsOneCall()
    {
        _endpoint.Api = static _ => TokenEndpoint.Json("{}", 401);

        var response = await SendAsync(OAuthTokens.Static("given"));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(["given"], _endpoint.ApiRequests);
    }

    [Fact]
    public async Task SendAsync_OwnSignOfExpiry_Counts()
    {
        _endpoint.Api = static token => token == "access-1" ? TokenEndpoint.Json("""{"code":463}""", 400) : TokenEndpoint.Json("{}");

        var response = await SendAsync(_tokens, static answer => (int)answer.StatusCode == 400);

        Assert.Equal((200, 2), ((int)response.StatusCode, _endpoint.ApiRequests.Length));
    }

    [Fact]
    public async Task SendAsync_RenewalRefused_IsTheTokensFailure()
    {
        _endpoint.Api = static _ => TokenEndpoint.Json("{}", 401);
        _endpoint.Token = static number => number == 1 ? TokenEndpoint.Json("""{"access_token":"a"}""") : TokenEndpoint.Json("""{"error":"invalid_grant"}""", 400);

        var failure = await Assert.ThrowsAsync<PluginException>(() => SendAsync(_tokens));

        Assert.Equal(("get_token", PluginErrorCode.AuthError), (failure.Operation, failure.Code));
    }

    [Fact]
    public async Task Usage_EachSending_IsCounted()
    {
        _endpoint.Api = static token => TokenEndpoint.Json("{}", token == "access-1" ? 401 : 200);

        await SendAsync(_tokens);
        _client.Usage.AddCredits(7);
        _client.Usage.AddCredits(0);

        Assert.Equal((4, 7), (_client.Usage.Requests, _client.Usage.Credits)); // two for tokens, two calls
        Assert.Throws<ArgumentOutOfRangeException>(() => _client.Usage.AddCredits(-1));
    }

    private async Task<UpstreamResponse> SendAsync(OAuthTokens tokens, Func<UpstreamResponse, bool>? isExpired = null) =>
        await _client.SendAsync(Request, tokens, "read", TimeSpan.FromSeconds(30), isExpired, default);

    private static HttpRequestMessage Request(AccessToken token) =>
        new(HttpMethod.Get, "https://upstream.test/users/1") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token.Value) } };
}

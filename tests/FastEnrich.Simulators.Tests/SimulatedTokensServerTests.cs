using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Simulators.Tests;

/// <summary>The token endpoint that the simulators share, asked through HubSpot's.</summary>
public sealed class SimulatedTokensServerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private HubSpotSimulator _simulator = null!;

    private SimulatedTokens Tokens => _simulator.Tokens;

    public async ValueTask InitializeAsync() => _simulator = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { TimeProvider = _time });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task RefreshToken_Right_GivesATokenThatIsTakenUntilItExpires()
    {
        var (status, body) = await AskAsync(Refresh());
        var token = body.GetProperty("access_token").GetString()!;

        Assert.Equal((HttpStatusCode.OK, 1800), (status, body.GetProperty("expires_in").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, await UseAsync(token));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(token));
    }

    [Fact]
    public async Task RefreshToken_Rotating_IsTakenOnce()
    {
        Tokens.Rotates = true;
        var old = Refresh();
        await AskAsync(old);

        var (status, body) = await AskAsync(old);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (status, body.GetProperty("error").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Refresh())).Status);
    }

    [Fact]
    public async Task ExpireAll_Tokens_AreRefusedFromThenOn()
    {
        var token = Tokens.Issue();
        Assert.Equal(HttpStatusCode.OK, await UseAsync(token));

        Tokens.ExpireAll();

        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(token));
    }

    [Theory]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("client_secret", "wrong", "invalid_client")]
    [InlineData("refresh_token", "wrong", "invalid_grant")]
    public async Task Request_WrongInOnePart_IsRefusedForIt(string name, string value, string error)
    {
        var form = Refresh();
        form[name] = value;

        Assert.Equal(error, (await AskAsync(form)).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task FailNext_OrderedError_ComesOnce()
    {
        Tokens.FailNext("server_error");

        Assert.Equal(HttpStatusCode.InternalServerError, (await AskAsync(Refresh())).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Refresh())).Status);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(6, false)]
    [InlineData(-1, false)]
    public async Task JwtBearer_Statement_IsTakenWithinFiveMinutes(int minutes, bool taken)
    {
        var claims = $$"""{"iss":"{{Tokens.ClientId}}","sub":"robot","aud":"any","exp":{{_time.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds()}}}""";

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, (await AskAsync(Statement(claims, Tokens.PrivateKeyPem))).Status);
    }

    [Fact]
    public async Task JwtBearer_OtherKey_IsRefused()
    {
        using var other = RSA.Create(2048);
        var claims = $$"""{"iss":"{{Tokens.ClientId}}","sub":"robot","exp":{{_time.GetUtcNow().AddMinutes(3).ToUnixTimeSeconds()}}}""";

        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(Statement(claims, other.ExportPkcs8PrivateKeyPem()))).Status);
    }

    [Fact]
    public async Task FailNext_UnknownError_IsRefusedAndNamesTheKnownOnes()
    {
        var refused = Assert.Throws<ArgumentException>(() => _simulator.FailNext("no_such_error"));
        _simulator.FailNext("daily_limit");

        Assert.Contains("daily_limit", refused.Message);
        Assert.Equal(HttpStatusCode.TooManyRequests, await UseAsync(_simulator.Token));
        Assert.Equal(HttpStatusCode.OK, await UseAsync(_simulator.Token));
    }

    private static Dictionary<string, string> Statement(string claims, string pem)
    {
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        var signed = $"{Base64("{}")}.{Base64(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new() { ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer", ["assertion"] = $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}" };
    }

    private static string Base64(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private Dictionary<string, string> Refresh() => new()
    {
        ["grant_type"] = "refresh_token",
        ["client_id"] = Tokens.ClientId,
        ["client_secret"] = Tokens.ClientSecret,
        ["refresh_token"] = Tokens.RefreshToken,
    };

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync($"{_simulator.BaseUrl}/oauth/v1/token", content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<HttpStatusCode> UseAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_simulator.BaseUrl}/account-info/v3/api-usage/daily/private-apps") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }
}

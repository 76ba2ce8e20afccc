using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Upstream;

public sealed class JwtAssertionTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TokenEndpoint _endpoint = new();
    private readonly UpstreamClient _client;

    public JwtAssertionTests() => _client = new UpstreamClient("test", _endpoint);

    public void Dispose()
    {
        _client.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task Assertion_Signature_VerifiesWithThePublicKey()
    {
        var parts = await SendAsync();

        using var key = RSA.Create();
        key.ImportFromPem(_key.ExportSubjectPublicKeyInfoPem());
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        Assert.True(key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"alg":"RS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
    }

    [Fact]
    public async Task Assertion_Claims_AreTheApplicationsAndEndWithinFiveMinutes()
    {
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars((await SendAsync())[1])).RootElement;

        Assert.Equal(("consumer \"key\"", "robot@example.org", "https://login.example.org"), (Text(claims, "iss"), Text(claims, "sub"), Text(claims, "aud")));
        var expiry = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
        Assert.InRange(expiry, _time.Start.AddMinutes(1), _time.Start.AddMinutes(5));
    }

    [Fact]
    public async Task Assertion_Request_CarriesNoClientSecret()
    {
        await SendAsync();

        var (authorization, form) = _endpoint.TokenRequests.Single();
        Assert.Null(authorization);
        Assert.StartsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=", form);
        Assert.DoesNotContain("client", form);
    }

    [Theory]
    [InlineData("no pem at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void Constructor_KeyThatCannotSign_IsRefusedWithoutQuotingIt(string pem)
    {
        var refused = Assert.Throws<ArgumentException>(() => Tokens(pem));

        Assert.DoesNotContain("BEGIN", refused.ToString());
    }

    [Fact]
    public void Constructor_PublicOrSmallOrOtherKey_IsRefused()
    {
        using var small = RSA.Create(1024);
        using var curve = ECDsa.Create();

        Assert.Throws<ArgumentException>(() => Tokens(_key.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<ArgumentException>(() => Tokens(small.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<ArgumentException>(() => Tokens(curve.ExportPkcs8PrivateKeyPem()));
    }

    private static string? Text(JsonElement claims, string name) => claims.GetProperty(name).GetString();

    private async Task<string[]> SendAsync()
    {
        await Tokens(_key.ExportPkcs8PrivateKeyPem()).GetAsync(default);
        var form = _endpoint.TokenRequests.Single().Form;
        return Uri.UnescapeDataString(form[(form.IndexOf("assertion=", StringComparison.Ordinal) + "assertion=".Length)..]).Split('.');
    }

    private OAuthTokens Tokens(string pem) => new(
        _client,
        new OAuthOptions
        {
            TokenUrl = new Uri("https://upstream.test/token"),
            Grant = OAuthGrant.JwtBearer,
            ClientId = "consumer \"key\"",
            ClientSecret = "unused",
            Subject = "robot@example.org",
            Audience = "https://login.example.org",
            PrivateKeyPem = pem,
        },
        _time);
}

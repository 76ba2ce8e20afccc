using System.Net.Http.Headers;
using System.Text;

namespace FastEnrich;

/// <summary>Makes the requests to a token endpoint, from options that were checked once.</summary>
internal sealed class OAuthRequest
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly OAuthOptions _options;
    private readonly TimeProvider _time;

    public OAuthRequest(OAuthOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        RefreshToken = options.RefreshToken;
        Require(options.ClientId, "the client id");
        new UpstreamUrl(options.TokenUrl.OriginalString).ThrowIfInsecure(options.AllowHttp);
        if (options.AssumedLifetime <= TimeSpan.Zero)
        {
            throw new ArgumentException("the assumed lifetime of a token must be more than zero", nameof(options));
        }

        switch (options.Grant)
        {
            case OAuthGrant.ClientCredentials:
                Require(options.ClientSecret, "the client secret");
                break;
            case OAuthGrant.RefreshToken:
                Require(options.RefreshToken, "the refresh token");
                break;
            case OAuthGrant.JwtBearer:
                Require(options.Subject, "the subject");
                Require(options.Audience, "the audience");
                Require(options.PrivateKeyPem, "the private key");
                JwtAssertion.ThrowIfUnusable(options.PrivateKeyPem!);
                break;
            default:
                throw new ArgumentException("the grant is none that is known", nameof(options));
        }
    }

    public Uri TokenUrl => _options.TokenUrl;

    /// <summary>The newest refresh token; written under the lock of whoever owns this request.</summary>
    public string? RefreshToken { get; set; }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, _options.TokenUrl) { Content = new FormUrlEncodedContent(Form()) };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (AuthenticatesByHeader)
        {
            var credentials = $"{Uri.EscapeDataString(_options.ClientId)}:{Uri.EscapeDataString(_options.ClientSecret ?? "")}";
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }

        return message;
    }

    private bool AuthenticatesByHeader => _options.ClientAuthentication == OAuthClientAuthentication.Basic && _options.Grant != OAuthGrant.JwtBearer;

    private static void Require(string? value, string what)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException($"{what} is missing");
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return new("grant_type", _options.Grant switch
        {
            OAuthGrant.ClientCredentials => "client_credentials",
            OAuthGrant.RefreshToken => "refresh_token",
            _ => JwtBearer,
        });
        if (_options.Grant == OAuthGrant.JwtBearer)
        {
            yield return new("assertion", JwtAssertion.Sign(_options, _time.GetUtcNow()));
        }
        else if (!AuthenticatesByHeader)
        {
            yield return new("client_id", _options.ClientId);
            if (_options.ClientSecret is { Length: > 0 } secret)
            {
                yield return new("client_secret", secret);
            }
        }

        if (_options.Grant == OAuthGrant.RefreshToken)
        {
            yield return new("refresh_token", RefreshToken!);
        }

        if (_options.Scope is { Length: > 0 } scope)
        {
            yield return new("scope", scope);
        }
    }
}

using System.Net.Http.Headers;
using System.Text;

namespace FastEnrich.Plugins.Http;

/// <summary>Puts the configured headers and credentials on requests. Thread-safe.</summary>
internal sealed class HttpCredentials
{
    /// <summary>What the connection, the body and the placeholders decide, and nobody else.</summary>
    private static readonly HashSet<string> s_refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Content-Type", "Content-Encoding", "Upgrade", "TE", "Trailer", "Expect",
        "Keep-Alive", "Proxy-Connection", "If-None-Match", "If-Match",
    };

    private readonly KeyValuePair<string, string>[] _headers;
    private readonly OAuthTokens? _tokens;

    public HttpCredentials(UpstreamClient upstream, HttpOptions options, TimeProvider timeProvider, ICollection<string> errors)
    {
        foreach (var (name, value) in options.Headers)
        {
            Check(name, value, errors);
        }

        Dictionary<string, string> headers = new(options.Headers, StringComparer.OrdinalIgnoreCase);
        if (options.Authentication is { } authentication)
        {
            Add(headers, authentication, errors);
            _tokens = authentication.Kind == HttpAuthenticationKind.OAuth ? TokensOf(upstream, authentication, options.AllowHttp, timeProvider, errors) : null;
        }

        headers.TryAdd("Accept", "application/json");
        _headers = [.. headers];
    }

    /// <summary>Gets where OAuth tokens come from; <see langword="null"/> for the other kinds.</summary>
    public OAuthTokens? Tokens => _tokens;

    public void Apply(HttpRequestMessage message, AccessToken? token)
    {
        foreach (var (name, value) in _headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        }
    }

    private static void Check(string name, string value, ICollection<string> errors)
    {
        if (name.Length is 0 or > 64 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || s_refused.Contains(name))
        {
            errors.Add("headers: a name must be 1 to 64 letters, digits, '-', '_' or '.', and none that the connection or the body decides");
        }
        else if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            errors.Add($"headers:{name}: a value must be visible ASCII characters and blanks");
        }
        else if (value.Contains("{user_id}", StringComparison.Ordinal) || value.Contains("{identity:", StringComparison.Ordinal))
        {
            errors.Add($"headers:{name}: placeholders do not belong in headers");
        }
    }

    private static void Add(Dictionary<string, string> headers, HttpAuthentication authentication, ICollection<string> errors)
    {
        var (name, value) = authentication.Kind switch
        {
            HttpAuthenticationKind.Bearer => ("Authorization", $"Bearer {Required(authentication.Token, "token", errors)}"),
            HttpAuthenticationKind.Basic => (
                "Authorization",
                "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(
                    $"{Required(authentication.Username, "username", errors)}:{authentication.Password}"))),
            HttpAuthenticationKind.ApiKey => (authentication.Header, Required(authentication.Key, "key", errors)),
            HttpAuthenticationKind.OAuth => ("Authorization", ""),
            _ => ("", ""),
        };
        if (name.Length == 0)
        {
            return;
        }

        if (authentication.Username?.Contains(':', StringComparison.Ordinal) == true)
        {
            errors.Add("authentication:username: a name must not hold a colon");
        }

        if (!headers.TryAdd(name, value))
        {
            errors.Add($"headers:{name}: authentication sets it");
        }
        else if (value.Length == 0)
        {
            headers.Remove(name); // comes with the token
        }
        else
        {
            Check(name, value, errors);
        }
    }

    private static OAuthTokens? TokensOf(UpstreamClient upstream, HttpAuthentication authentication, bool allowHttp, TimeProvider timeProvider, ICollection<string> errors)
    {
        var url = Required(authentication.TokenUrl, "token_url", errors);
        var id = Required(authentication.ClientId, "client_id", errors);
        var secret = Required(authentication.ClientSecret, "client_secret", errors);
        if (url.Length == 0 || id.Length == 0 || secret.Length == 0)
        {
            return null;
        }

        try
        {
            return new OAuthTokens(
                upstream,
                new OAuthOptions
                {
                    TokenUrl = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : throw new ArgumentException("no usable address"),
                    Grant = OAuthGrant.ClientCredentials,
                    ClientId = id,
                    ClientSecret = secret,
                    ClientAuthentication = OAuthClientAuthentication.Basic,
                    Scope = authentication.Scope,
                    AllowHttp = allowHttp,
                },
                timeProvider);
        }
        catch (ArgumentException exception)
        {
            errors.Add($"authentication: {exception.Message.Split(" (Parameter")[0]}");
            return null;
        }
    }

    private static string Required(string? value, string name, ICollection<string> errors)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Add($"authentication:{name}: needed by the kind of authentication");
        }

        return value ?? "";
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>A token endpoint, and the tokens it gave: client credentials, refresh tokens that rotate, signed statements. Thread-safe.</summary>
public sealed class SimulatedTokens
{
    private readonly Lock _lock = new();
    private readonly TimeSpan? _lifetime;
    private readonly TimeProvider _time;
    private readonly string _prefix;
    private readonly Dictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Lazy<RSA> _key = new(static () => RSA.Create(2048)); // takes a while, and most simulators need none
    private string _refreshToken;
    private int _issued;

    internal SimulatedTokens(string prefix, TimeSpan? lifetime, TimeProvider time)
    {
        _prefix = prefix;
        _lifetime = lifetime;
        _time = time;
        _refreshToken = $"{prefix}-refresh-0";
    }

    /// <summary>Gets the application's id.</summary>
    public string ClientId => $"{_prefix}-client";

    /// <summary>Gets the application's secret, which is none.</summary>
    public string ClientSecret => $"{_prefix}-client-secret";

    /// <summary>Gets the refresh token that is valid now.</summary>
    public string RefreshToken
    {
        get
        {
            lock (_lock)
            {
                return _refreshToken;
            }
        }
    }

    /// <summary>Gets the private key that signed statements are checked against, PEM; made when it is first asked for.</summary>
    public string PrivateKeyPem => _key.Value.ExportPkcs8PrivateKeyPem();

    /// <summary>Gets how many tokens were given.</summary>
    public int Issued => Volatile.Read(ref _issued);

    /// <summary>Gets or sets whether each refresh gives a new refresh token and ends the old one.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Rotates { get; set; }

    /// <summary>Gets or sets whom signed statements must be for; any audience when <see langword="null"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>Lets all tokens expire that were given so far.</summary>
    public void ExpireAll()
    {
        lock (_lock)
        {
            foreach (var token in _tokens.Keys)
            {
                _tokens[token] = DateTimeOffset.MinValue;
            }
        }
    }

    /// <summary>Makes the next requests for tokens fail.</summary>
    /// <param name="error">The standard's code, as <c>invalid_grant</c> (RFC 6749, 5.2).</param>
    /// <param name="times">How many of them.</param>
    public void FailNext(string error, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _failures.Enqueue(error);
        }
    }

    /// <summary>Gives a token without a request, as for tests of the other routes.</summary>
    /// <returns>The token.</returns>
    public string Issue()
    {
        lock (_lock)
        {
            return Add();
        }
    }

    /// <summary>Returns the type's name, and nothing of the tokens.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(SimulatedTokens);

    internal SimulatedTokenState Check(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return SimulatedTokenState.Missing;
        }

        lock (_lock)
        {
            return !_tokens.TryGetValue(authorization[Scheme.Length..], out var expiry) ? SimulatedTokenState.Unknown
                : _time.GetUtcNow() >= expiry ? SimulatedTokenState.Expired
                : SimulatedTokenState.Valid;
        }
    }

    /// <summary>Answers a request for a token; the system adds the members that only its own answers have.</summary>
    internal async Task AnswerAsync(HttpContext http, Action<Utf8JsonWriter>? more = null)
    {
        var form = await TokenRequest.ReadAsync(http).ConfigureAwait(false);
        if (!_failures.TryDequeue(out var error))
        {
            error = ErrorOf(form);
        }

        var refresh = form?.Grant == "refresh_token";
        string? token = null, refreshToken = null;
        if (error is null)
        {
            lock (_lock)
            {
                token = Add();
                if (refresh && Rotates)
                {
                    _refreshToken = string.Create(CultureInfo.InvariantCulture, $"{_prefix}-refresh-{_issued}");
                }

                refreshToken = _refreshToken;
            }
        }

        http.Response.StatusCode = error switch { null => 200, "invalid_client" => 401, "rate_limit_exceeded" => 429, "server_error" => 500, _ => 400 };
        http.Response.ContentType = "application/json;charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            if (error is null)
            {
                Write(writer, token!, refresh ? refreshToken : null);
                more?.Invoke(writer);
            }
            else
            {
                writer.WriteString("error", error);
                writer.WriteString("error_description", "the request for a token was refused");
            }

            writer.WriteEndObject();
        }
    }

    private string? ErrorOf(TokenRequest? form)
    {
        if (form is null)
        {
            return "invalid_request";
        }

        switch (form.Grant)
        {
            case "client_credentials": return IsClient(form) ? null : "invalid_client";
            case "refresh_token": return !IsClient(form) ? "invalid_client" : form.RefreshToken == RefreshToken ? null : "invalid_grant";
            case "urn:ietf:params:oauth:grant-type:jwt-bearer": return form.IsSignedBy(_key.Value, ClientId, Audience, _time.GetUtcNow()) ? null : "invalid_grant";
            default: return "unsupported_grant_type";
        }
    }

    private bool IsClient(TokenRequest form) => form.ClientId == ClientId && form.ClientSecret == ClientSecret;

    private string Add()
    {
        var now = _time.GetUtcNow();
        foreach (var old in _tokens.Where(entry => now - TimeSpan.FromDays(1) > entry.Value).Select(static entry => entry.Key).ToList())
        {
            _tokens.Remove(old);
        }

        var token = string.Create(CultureInfo.InvariantCulture, $"{_prefix}-access-{++_issued}");
        _tokens[token] = _lifetime is { } lifetime ? now + lifetime : DateTimeOffset.MaxValue;
        return token;
    }

    private void Write(Utf8JsonWriter writer, string token, string? refreshToken)
    {
        writer.WriteString("access_token", token);
        writer.WriteString("token_type", "bearer");
        if (_lifetime is { } lifetime)
        {
            writer.WriteNumber("expires_in", (long)lifetime.TotalSeconds);
        }

        if (refreshToken is not null)
        {
            writer.WriteString("refresh_token", refreshToken);
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>The form of a request for a token; credentials from the form or from <c>Authorization: Basic</c>.</summary>
internal sealed record TokenRequest(string? Grant, string? ClientId, string? ClientSecret, string? RefreshToken, string? Assertion)
{
    /// <summary>Returns <see langword="null"/> when the request is none.</summary>
    public static async Task<TokenRequest?> ReadAsync(HttpContext http)
    {
        if (http.Request.Method != "POST" || !http.Request.HasFormContentType)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        var (id, secret) = Credentials(http.Request.Headers.Authorization) ?? (form["client_id"].FirstOrDefault(), form["client_secret"].FirstOrDefault());
        return new TokenRequest(form["grant_type"], id, secret, form["refresh_token"], form["assertion"]);
    }

    /// <summary>Checks a signed statement as RFC 7523 says: signature, issuer, audience, and an expiry at most five minutes away.</summary>
    public bool IsSignedBy(RSA key, string issuer, string? audience, DateTimeOffset now)
    {
        try
        {
            var parts = (Assertion ?? "").Split('.');
            if (parts.Length != 3
                || !key.VerifyData(
                    Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                    Base64Url.DecodeFromChars(parts[2]),
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1))
            {
                return false;
            }

            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            var root = claims.RootElement;
            var expiry = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64());
            return root.GetProperty("iss").GetString() == issuer
                && root.GetProperty("sub").GetString() is { Length: > 0 }
                && (audience is null || root.GetProperty("aud").GetString() == audience)
                && expiry > now && expiry <= now.AddMinutes(5);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static (string? Id, string? Secret)? Credentials(string? authorization)
    {
        const string Scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..], bytes, out var length))
        {
            return (null, null);
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : (null, null);
    }
}

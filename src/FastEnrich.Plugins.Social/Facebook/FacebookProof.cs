using System.Security.Cryptography;
using System.Text;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Proves that a call with a user's token comes from the app's own server: a stolen token alone is of no use then.</summary>
internal sealed class FacebookProof
{
    private readonly byte[] _secret;

    /// <summary>An empty secret proves nothing, for apps that do not require the proof.</summary>
    public FacebookProof(string appSecret) => _secret = Encoding.UTF8.GetBytes(appSecret);

    /// <summary>Returns the proof as the API wants it: HMAC-SHA256 keyed with the app's secret over the token, in lower-case hexadecimal digits.</summary>
    public string? Of(string token) =>
        _secret.Length == 0 ? null : Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(token)));
}

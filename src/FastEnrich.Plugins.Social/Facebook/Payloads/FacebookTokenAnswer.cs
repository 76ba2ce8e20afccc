using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.Facebook.Payloads;

/// <summary>What the operator's own endpoint answers for a user.</summary>
internal sealed class FacebookTokenAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>RFC 3339, or seconds since 1970 as the API itself counts; zero, null or absent when it never expires.</summary>
    [JsonPropertyName("expires_at")]
    public JsonElement ExpiresAt { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>A user. Members are kept raw, so that one odd value does not spoil the user.</summary>
internal sealed class XUser
{
    [JsonPropertyName("id")]
    public JsonElement Id { get; init; }

    [JsonPropertyName("username")]
    public JsonElement Username { get; init; }

    [JsonPropertyName("created_at")]
    public JsonElement CreatedAt { get; init; }

    [JsonPropertyName("location")]
    public JsonElement Location { get; init; }

    [JsonPropertyName("protected")]
    public JsonElement Protected { get; init; }

    [JsonPropertyName("verified")]
    public JsonElement Verified { get; init; }

    [JsonPropertyName("verified_type")]
    public JsonElement VerifiedType { get; init; }

    [JsonPropertyName("subscription_type")]
    public JsonElement SubscriptionType { get; init; }

    [JsonPropertyName("profile_image_url")]
    public JsonElement ProfileImageUrl { get; init; }

    [JsonPropertyName("public_metrics")]
    public JsonElement PublicMetrics { get; init; }
}

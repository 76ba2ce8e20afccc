using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>A post. The API renames what it calls a tweet: both names are read.</summary>
internal sealed class XPost
{
    [JsonPropertyName("id")]
    public JsonElement Id { get; init; }

    [JsonPropertyName("created_at")]
    public JsonElement CreatedAt { get; init; }

    [JsonPropertyName("lang")]
    public JsonElement Lang { get; init; }

    [JsonPropertyName("public_metrics")]
    public JsonElement PublicMetrics { get; init; }

    [JsonPropertyName("context_annotations")]
    public JsonElement ContextAnnotations { get; init; }

    [JsonPropertyName("entities")]
    public JsonElement Entities { get; init; }

    [JsonPropertyName("geo")]
    public JsonElement Geo { get; init; }

    [JsonPropertyName("referenced_tweets")]
    public JsonElement ReferencedTweets { get; init; }

    [JsonPropertyName("referenced_posts")]
    public JsonElement ReferencedPosts { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>
/// An error, of a whole answer or of one thing in it: a problem (RFC 7807), or the older <c>{"errors":[{"code":88}]}</c>.
/// Its texts quote users and are not read.
/// </summary>
internal sealed class XProblem
{
    [JsonPropertyName("type")]
    public JsonElement Type { get; init; }

    [JsonPropertyName("title")]
    public JsonElement Title { get; init; }

    [JsonPropertyName("code")]
    public JsonElement Code { get; init; }

    [JsonPropertyName("period")]
    public JsonElement Period { get; init; }

    /// <summary>What was asked for, to find the member of a batch that it speaks of.</summary>
    [JsonPropertyName("value")]
    public JsonElement Value { get; init; }

    [JsonPropertyName("resource_id")]
    public JsonElement ResourceId { get; init; }

    [JsonPropertyName("errors")]
    public JsonElement Errors { get; init; }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>A page of posts; an empty one has only <see cref="Meta"/>.</summary>
internal sealed class XPostsPage
{
    [JsonPropertyName("data")]
    public IReadOnlyList<XPost>? Data { get; init; }

    [JsonPropertyName("includes")]
    public XIncludes? Includes { get; init; }

    [JsonPropertyName("errors")]
    public IReadOnlyList<XProblem>? Errors { get; init; }

    [JsonPropertyName("meta")]
    public XMeta? Meta { get; init; }
}

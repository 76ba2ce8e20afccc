using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>What the posts of a page refer to.</summary>
internal sealed class XIncludes
{
    [JsonPropertyName("places")]
    public IReadOnlyList<XPlace>? Places { get; init; }

    /// <summary>Posts that came along, by the old name; they are counted, as they are paid for.</summary>
    [JsonPropertyName("tweets")]
    public IReadOnlyList<XPost>? Tweets { get; init; }

    /// <summary>Posts that came along, by the new name.</summary>
    [JsonPropertyName("posts")]
    public IReadOnlyList<XPost>? Posts { get; init; }
}

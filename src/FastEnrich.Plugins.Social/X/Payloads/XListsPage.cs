using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>The lists that a user is on.</summary>
internal sealed class XListsPage
{
    [JsonPropertyName("data")]
    public IReadOnlyList<XList>? Data { get; init; }

    [JsonPropertyName("errors")]
    public IReadOnlyList<XProblem>? Errors { get; init; }

    [JsonPropertyName("meta")]
    public XMeta? Meta { get; init; }
}

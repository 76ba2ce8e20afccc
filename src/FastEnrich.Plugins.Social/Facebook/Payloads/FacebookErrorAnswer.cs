using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.Facebook.Payloads;

/// <summary>What comes instead of a node, with any status.</summary>
internal sealed class FacebookErrorAnswer
{
    [JsonPropertyName("error")]
    public FacebookError? Error { get; init; }
}

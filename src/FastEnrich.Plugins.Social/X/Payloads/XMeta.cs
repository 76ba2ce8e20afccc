using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>Where the next page is; absent at the end.</summary>
internal sealed class XMeta
{
    [JsonPropertyName("next_token")]
    public JsonElement NextToken { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.Facebook.Payloads;

/// <summary>The answer to one call of a batch.</summary>
internal sealed class FacebookBatchItem
{
    [JsonPropertyName("code")]
    public JsonElement Code { get; init; }

    [JsonPropertyName("headers")]
    public JsonElement Headers { get; init; }

    /// <summary>JSON inside a text.</summary>
    [JsonPropertyName("body")]
    public JsonElement Body { get; init; }
}

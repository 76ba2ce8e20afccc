using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>A list that somebody put the user on.</summary>
internal sealed class XList
{
    [JsonPropertyName("name")]
    public JsonElement Name { get; init; }
}

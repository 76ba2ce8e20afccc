using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Social.X.Payloads;

/// <summary>A place that posts are tagged with.</summary>
internal sealed class XPlace
{
    [JsonPropertyName("id")]
    public JsonElement Id { get; init; }

    [JsonPropertyName("name")]
    public JsonElement Name { get; init; }

    [JsonPropertyName("full_name")]
    public JsonElement FullName { get; init; }

    [JsonPropertyName("country_code")]
    public JsonElement CountryCode { get; init; }

    [JsonPropertyName("place_type")]
    public JsonElement PlaceType { get; init; }
}

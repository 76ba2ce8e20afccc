using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>The cursor of the next page.</summary>
internal sealed class HubSpotNextPage
{
    [JsonPropertyName("after")]
    public string? After { get; init; }
}

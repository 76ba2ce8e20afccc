using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>Where the next page is.</summary>
internal sealed class HubSpotPaging
{
    [JsonPropertyName("next")]
    public HubSpotNextPage? Next { get; init; }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>One page of events.</summary>
internal sealed class HubSpotEventPage
{
    [JsonPropertyName("results")]
    public IReadOnlyList<HubSpotEvent>? Results { get; init; }

    [JsonPropertyName("paging")]
    public HubSpotPaging? Paging { get; init; }
}

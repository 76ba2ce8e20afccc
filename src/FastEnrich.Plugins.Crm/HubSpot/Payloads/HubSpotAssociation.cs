using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>What one record of a batch is associated with.</summary>
internal sealed class HubSpotAssociation
{
    [JsonPropertyName("from")]
    public HubSpotAssociated? From { get; init; }

    [JsonPropertyName("to")]
    public IReadOnlyList<HubSpotAssociated>? To { get; init; }

    [JsonPropertyName("paging")]
    public HubSpotPaging? Paging { get; init; }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>The answer to a batch read of associations.</summary>
internal sealed class HubSpotAssociationBatch
{
    [JsonPropertyName("results")]
    public IReadOnlyList<HubSpotAssociation>? Results { get; init; }

    [JsonPropertyName("errors")]
    public IReadOnlyList<HubSpotError>? Errors { get; init; }
}

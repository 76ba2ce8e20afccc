using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>The answer to a batch read of records.</summary>
internal sealed class HubSpotObjectBatch
{
    [JsonPropertyName("results")]
    public IReadOnlyList<HubSpotObject>? Results { get; init; }

    [JsonPropertyName("errors")]
    public IReadOnlyList<HubSpotError>? Errors { get; init; }
}

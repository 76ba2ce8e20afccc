using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>Something that a contact did, such as a page view.</summary>
internal sealed class HubSpotEvent
{
    [JsonPropertyName("occurredAt")]
    public JsonElement OccurredAt { get; init; }
}

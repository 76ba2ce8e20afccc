using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>One record, a contact or a deal.</summary>
internal sealed class HubSpotObject
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>Values are texts or null, numbers included; kept raw so that one odd value does not spoil the record.</summary>
    [JsonPropertyName("properties")]
    public JsonElement Properties { get; init; }

    [JsonPropertyName("archived")]
    public bool Archived { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>An associated record; the two API versions name its id differently, as a text or a number.</summary>
internal sealed class HubSpotAssociated
{
    [JsonPropertyName("id")]
    public JsonElement Id { get; init; }

    [JsonPropertyName("toObjectId")]
    public JsonElement ToObjectId { get; init; }

    public string? RecordId() => RecordIds.Read(ToObjectId) ?? RecordIds.Read(Id);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Pipedrive.Payloads;

/// <summary>The envelope of every answer, good or bad. Members stay raw: an odd one does not spoil the answer.</summary>
internal sealed class PipedriveAnswer
{
    [JsonPropertyName("success")]
    public JsonElement Success { get; init; }

    [JsonPropertyName("data")]
    public JsonElement Data { get; init; }

    [JsonPropertyName("additional_data")]
    public JsonElement AdditionalData { get; init; }

    [JsonPropertyName("errorCode")]
    public JsonElement ErrorCode { get; init; }

    [JsonPropertyName("code")]
    public JsonElement Code { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>What became of one request among several.</summary>
internal sealed class SalesforceBatchItem
{
    [JsonPropertyName("statusCode")]
    public int StatusCode { get; init; }

    /// <summary>The answer's body: what was asked for, or a list of errors.</summary>
    [JsonPropertyName("result")]
    public JsonElement Result { get; init; }
}

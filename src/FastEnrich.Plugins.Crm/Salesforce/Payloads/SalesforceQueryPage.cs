using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>A page of a query's rows; a child query within a row has the same shape.</summary>
internal sealed class SalesforceQueryPage
{
    /// <summary>Rows are kept raw: their fields are those that the query names, configured ones included.</summary>
    [JsonPropertyName("records")]
    public IReadOnlyList<JsonElement>? Records { get; init; }

    [JsonPropertyName("done")]
    public bool? Done { get; init; }

    /// <summary>A path, never an address; checked before it is followed.</summary>
    [JsonPropertyName("nextRecordsUrl")]
    public string? NextRecordsUrl { get; init; }
}

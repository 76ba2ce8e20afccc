using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>A page of a query's rows; a child query within a row has the same shape.</summary>
internal sealed class SalesforceQueryPage
{
    [JsonPropertyName("records")]
    public IReadOnlyList<SalesforceRecord>? Records { get; init; }

    [JsonPropertyName("done")]
    public bool? Done { get; init; }

    /// <summary>A path, never an address; checked before it is followed.</summary>
    [JsonPropertyName("nextRecordsUrl")]
    public string? NextRecordsUrl { get; init; }
}

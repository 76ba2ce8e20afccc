using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>The answer to several requests that were sent as one; it is a success whatever became of each.</summary>
internal sealed class SalesforceBatchAnswer
{
    [JsonPropertyName("results")]
    public IReadOnlyList<SalesforceBatchItem>? Results { get; init; }
}

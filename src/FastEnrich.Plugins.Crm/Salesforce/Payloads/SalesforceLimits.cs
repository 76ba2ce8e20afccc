using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>The organization's limits, of which the calls in 24 hours concern every plugin call.</summary>
internal sealed class SalesforceLimits
{
    [JsonPropertyName("DailyApiRequests")]
    public SalesforceLimit? DailyApiRequests { get; init; }
}

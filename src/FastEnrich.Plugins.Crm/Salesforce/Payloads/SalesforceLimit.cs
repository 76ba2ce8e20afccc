using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>One limit, and what is left of it.</summary>
internal sealed class SalesforceLimit
{
    [JsonPropertyName("Max")]
    public long Max { get; init; }

    [JsonPropertyName("Remaining")]
    public long Remaining { get; init; }
}

using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>A version of the API that an instance offers.</summary>
internal sealed class SalesforceVersion
{
    /// <summary>The number without the <c>v</c>: <c>67.0</c>.</summary>
    [JsonPropertyName("version")]
    public string? Version { get; init; }
}

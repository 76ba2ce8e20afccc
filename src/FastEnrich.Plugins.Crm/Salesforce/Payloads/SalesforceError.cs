using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.Salesforce.Payloads;

/// <summary>An error; answers hold a list of them.</summary>
internal sealed class SalesforceError
{
    [JsonPropertyName("errorCode")]
    public JsonElement ErrorCode { get; init; }

    /// <summary>Read to tell errors of the same code apart, and never passed on: it may quote a user's data.</summary>
    [JsonPropertyName("message")]
    public JsonElement Message { get; init; }
}

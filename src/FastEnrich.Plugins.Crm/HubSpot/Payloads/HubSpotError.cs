using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>An error, of a whole answer or of members of a batch. The vendor advises to treat every member as optional.</summary>
internal sealed class HubSpotError
{
    [JsonPropertyName("category")]
    public JsonElement Category { get; init; }

    [JsonPropertyName("subCategory")]
    public JsonElement SubCategory { get; init; }

    [JsonPropertyName("errorType")]
    public JsonElement ErrorType { get; init; }

    [JsonPropertyName("policyName")]
    public JsonElement PolicyName { get; init; }

    /// <summary>Read to tell the kinds of rate limit apart, and never passed on: it may quote a user's data.</summary>
    [JsonPropertyName("message")]
    public JsonElement Message { get; init; }

    [JsonPropertyName("context")]
    public JsonElement Context { get; init; }
}

using System.Text.Json.Serialization;

namespace TplNamespace;

/// <summary>Asks for several accounts.</summary>
internal sealed record TplClassBatchRequest
{
    [JsonPropertyName("ids")]
    public required IReadOnlyList<string> Ids { get; init; }
}

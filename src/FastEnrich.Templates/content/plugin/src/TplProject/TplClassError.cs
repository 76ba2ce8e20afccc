using System.Text.Json.Serialization;

namespace TplNamespace;

/// <summary>What the upstream says when it refuses.</summary>
internal sealed record TplClassError
{
    [JsonPropertyName("code")]
    public string? Code { get; init; }
}

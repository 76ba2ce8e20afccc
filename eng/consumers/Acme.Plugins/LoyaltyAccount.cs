using System.Text.Json.Serialization;

namespace Acme;

internal sealed record LoyaltyAccount(
    [property: JsonPropertyName("points")] int Points,
    [property: JsonPropertyName("city")] string? City,
    [property: JsonPropertyName("tiers")] IReadOnlyList<string>? Tiers)
{
    [JsonPropertyName("expires")]
    public DateTimeOffset? Expires { get; init; }
}

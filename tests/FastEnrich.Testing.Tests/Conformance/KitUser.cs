using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich.Testing.Tests.Conformance;

public sealed record KitUser
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("age")]
    public JsonElement Age { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }
}

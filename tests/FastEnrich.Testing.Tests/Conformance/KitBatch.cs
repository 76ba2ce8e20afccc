using System.Text.Json.Serialization;

namespace FastEnrich.Testing.Tests.Conformance;

public sealed record KitBatch
{
    [JsonPropertyName("users")]
    public IReadOnlyList<KitUser> Users { get; init; } = [];
}

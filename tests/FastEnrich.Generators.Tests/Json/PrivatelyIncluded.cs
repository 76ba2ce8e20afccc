using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

/// <summary>What FE3006 refuses of a plugin's payload.</summary>
internal sealed class PrivatelyIncluded
{
    [JsonInclude]
    private string? Id { get; init; } = "a";

    public override string? ToString() => Id;
}

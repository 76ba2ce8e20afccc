using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Samples;

/// <summary>What contexts of System.Text.Json's generator throw at when they read: setters that only the type itself can call, and none.</summary>
public sealed class IncludedPayload
{
    [JsonInclude]
    public string Id { get; private set; } = "none";

    [JsonInclude]
    public readonly int Fixed = 4;
}

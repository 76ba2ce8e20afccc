using System.Text.Json;
using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>The wire contract: snake_case names, empty and null members omitted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 80)] // an upstream's 64 levels, which an open map may hold, and our own above them
[JsonSerializable(typeof(UserEnrichment))]
[JsonSerializable(typeof(EnrichedProfile))]
[JsonSerializable(typeof(PluginMetadata))]
[JsonSerializable(typeof(ProfileError))]
[JsonSerializable(typeof(PluginResultStatus))]
public sealed partial class FastEnrichJsonContext : JsonSerializerContext;

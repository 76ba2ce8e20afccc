using System.Text.Json.Serialization;

namespace FastEnrich.Health;

/// <summary>The wire form of the health records; their members carry the names.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthSummary))]
[JsonSerializable(typeof(PluginHealth))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;

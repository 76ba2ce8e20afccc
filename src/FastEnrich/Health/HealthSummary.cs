using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Health;

namespace FastEnrich;

/// <summary>How the running plugins are, at one moment.</summary>
public sealed record HealthSummary
{
    /// <summary>Gets how many plugins run.</summary>
    [JsonPropertyName("total_plugins")]
    public int TotalPlugins { get; init; }

    /// <summary>Gets how many are healthy.</summary>
    [JsonPropertyName("healthy_plugins")]
    public int HealthyPlugins { get; init; }

    /// <summary>Gets how many are degraded.</summary>
    [JsonPropertyName("degraded_plugins")]
    public int DegradedPlugins { get; init; }

    /// <summary>Gets how many are unhealthy.</summary>
    [JsonPropertyName("unhealthy_plugins")]
    public int UnhealthyPlugins { get; init; }

    /// <summary>Gets how many have not connected yet.</summary>
    [JsonPropertyName("unknown_plugins")]
    public int UnknownPlugins { get; init; }

    /// <summary>Gets whether every plugin is healthy or degraded.</summary>
    [JsonPropertyName("overall_healthy")]
    public bool OverallHealthy { get; init; }

    /// <summary>Gets when a plugin was last checked.</summary>
    [JsonPropertyName("last_check")]
    public DateTimeOffset? LastCheck { get; init; }

    /// <summary>Gets the plugins by name.</summary>
    [JsonPropertyName("plugin_details")]
    public required IReadOnlyDictionary<string, PluginHealth> PluginDetails { get; init; }

    /// <summary>Writes it as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, HealthJsonContext.Default.HealthSummary);

    internal static HealthSummary Of(IEnumerable<PluginHealth> plugins)
    {
        var details = new SortedDictionary<string, PluginHealth>(plugins.ToDictionary(static plugin => plugin.Name, StringComparer.Ordinal), StringComparer.Ordinal);
        int Count(HealthState state) => details.Values.Count(plugin => plugin.State == state);

        return new HealthSummary
        {
            TotalPlugins = details.Count,
            HealthyPlugins = Count(HealthState.Healthy),
            DegradedPlugins = Count(HealthState.Degraded),
            UnhealthyPlugins = Count(HealthState.Unhealthy),
            UnknownPlugins = Count(HealthState.Unknown),
            OverallHealthy = details.Values.All(static plugin => plugin.State is HealthState.Healthy or HealthState.Degraded),
            LastCheck = details.Values.Max(static plugin => plugin.LastCheck),
            PluginDetails = details,
        };
    }
}

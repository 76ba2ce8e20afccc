using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>How a plugin is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthState>))]
public enum HealthState
{
    /// <summary>Nothing is known yet: it has not connected so far, and has not failed to.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Nothing is wrong.</summary>
    [JsonStringEnumMemberName("healthy")] Healthy,

    /// <summary>It answers, and something is wrong.</summary>
    [JsonStringEnumMemberName("degraded")] Degraded,

    /// <summary>It does not answer, or not usefully.</summary>
    [JsonStringEnumMemberName("unhealthy")] Unhealthy,
}

using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Percentiles of the times of a plugin's calls within the window, in milliseconds, right within six percent.</summary>
/// <param name="P50">Half of the calls took no longer.</param>
/// <param name="P95">95 percent took no longer.</param>
/// <param name="P99">99 percent took no longer.</param>
public sealed record ResponseTimes(
    [property: JsonPropertyName("p50")] double P50,
    [property: JsonPropertyName("p95")] double P95,
    [property: JsonPropertyName("p99")] double P99);

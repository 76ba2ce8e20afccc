using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Health;

namespace FastEnrich;

/// <summary>How one plugin is, at one moment. Everything is counted since the plugin was registered, or last reloaded; rates and times are those of the window.</summary>
public sealed record PluginHealth
{
    /// <summary>Gets the plugin's name.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Gets the state, which does not flap: most changes have to be seen several times in a row.</summary>
    [JsonPropertyName("state")]
    public required HealthState State { get; init; }

    /// <summary>Gets what is wrong at this moment. May tell of a state that is not the plugin's yet, or not any more.</summary>
    [JsonPropertyName("reasons")]
    public IReadOnlyList<HealthReason> Reasons { get; init; } = [];

    /// <summary>
    /// Gets a text about what is wrong, of at most 256 characters without control characters. It may be the plugin's own:
    /// show it to operators, and do not log it.
    /// </summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>Gets since when it is in that state.</summary>
    [JsonPropertyName("since")]
    public DateTimeOffset Since { get; init; }

    /// <summary>Gets when the last check ended.</summary>
    [JsonPropertyName("last_check")]
    public DateTimeOffset? LastCheck { get; init; }

    /// <summary>Gets how the last check ended.</summary>
    [JsonPropertyName("last_check_outcome")]
    public HealthCheckOutcome? LastCheckOutcome { get; init; }

    /// <summary>Gets when a fetch or a check last succeeded.</summary>
    [JsonPropertyName("last_success")]
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Gets when a fetch, a check or connecting last failed.</summary>
    [JsonPropertyName("last_failure")]
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Gets how many checks ended.</summary>
    [JsonPropertyName("checks")]
    public long Checks { get; init; }

    /// <summary>Gets how many of them failed or did not end in time.</summary>
    [JsonPropertyName("failed_checks")]
    public long FailedChecks { get; init; }

    /// <summary>Gets how many fetches brought an answer.</summary>
    [JsonPropertyName("succeeded")]
    public long Succeeded { get; init; }

    /// <summary>Gets how many fetches failed or were refused.</summary>
    [JsonPropertyName("failed")]
    public long Failed { get; init; }

    /// <summary>Gets the share of the calls in the window that failed, 0 to 1; <see langword="null"/> without calls.</summary>
    [JsonPropertyName("error_rate")]
    public double? ErrorRate { get; init; }

    /// <summary>Gets the percentiles of the calls' times in the window; <see langword="null"/> without calls.</summary>
    [JsonPropertyName("response_time_ms")]
    public ResponseTimes? ResponseTimes { get; init; }

    /// <summary>Gets the share of the time for which it was healthy or degraded, 0 to 1; <see langword="null"/> while nothing is known.</summary>
    [JsonPropertyName("uptime")]
    public double? Uptime { get; init; }

    /// <summary>Gets how many calls have not returned within their budget, and still run.</summary>
    [JsonPropertyName("hung")]
    public int Hung { get; init; }

    /// <summary>Gets how many calls blocked their thread.</summary>
    [JsonPropertyName("blocked")]
    public int Blocked { get; init; }

    /// <summary>Gets when its token expires, if anybody knows.</summary>
    [JsonPropertyName("token_expires_at")]
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>Gets which share of its scarcest quota is left, 0 to 1; <see langword="null"/> without one.</summary>
    [JsonPropertyName("quota_left")]
    public double? QuotaLeft { get; init; }

    /// <summary>Writes it as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteTo(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, HealthJsonContext.Default.PluginHealth);
}

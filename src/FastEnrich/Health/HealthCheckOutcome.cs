using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>How one check of a plugin ended, from good to bad.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthCheckOutcome>))]
public enum HealthCheckOutcome
{
    /// <summary>The plugin says that it is healthy.</summary>
    [JsonStringEnumMemberName("passed")] Passed,

    /// <summary>The plugin leaves the verdict to the engine.</summary>
    [JsonStringEnumMemberName("no_opinion")] NoOpinion,

    /// <summary>The plugin says that it is not healthy, or threw.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>The check did not end in time.</summary>
    [JsonStringEnumMemberName("timed_out")] TimedOut,
}

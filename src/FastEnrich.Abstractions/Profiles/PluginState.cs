using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>How one plugin contributed to a profile.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PluginState>))]
public enum PluginState
{
    /// <summary>Its result is within its ttl.</summary>
    [JsonStringEnumMemberName("fresh")] Fresh,

    /// <summary>Its result is older than its ttl and stands in; a cause in the errors says when a fetch failed.</summary>
    [JsonStringEnumMemberName("stale")] Stale,

    /// <summary>The upstream does not know the user.</summary>
    [JsonStringEnumMemberName("not_found")] NotFound,

    /// <summary>The fetch failed and nothing can stand in.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>The deadline or the fetch's own budget ended first, and nothing can stand in.</summary>
    [JsonStringEnumMemberName("timed_out")] TimedOut,

    /// <summary>The engine refused to start the fetch: breaker open or queue full.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>The plugin did not run: an identity it needs is not known, a dependency has no result, or only memory was asked.</summary>
    [JsonStringEnumMemberName("skipped")] Skipped,
}

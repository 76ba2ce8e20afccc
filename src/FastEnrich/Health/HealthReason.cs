using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>What makes a plugin less than healthy. <c>docs/health.md</c> says which state follows from each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthReason>))]
public enum HealthReason
{
    /// <summary>It has not connected yet.</summary>
    [JsonStringEnumMemberName("connecting")] Connecting,

    /// <summary>It could not connect; it is tried again.</summary>
    [JsonStringEnumMemberName("not_connected")] NotConnected,

    /// <summary>Its last check failed.</summary>
    [JsonStringEnumMemberName("check_failed")] CheckFailed,

    /// <summary>Its last check did not end in time.</summary>
    [JsonStringEnumMemberName("check_timed_out")] CheckTimedOut,

    /// <summary>Calls are paused because the upstream keeps failing.</summary>
    [JsonStringEnumMemberName("breaker_open")] BreakerOpen,

    /// <summary>The pause is over; one call tries whether the upstream answers again.</summary>
    [JsonStringEnumMemberName("breaker_half_open")] BreakerHalfOpen,

    /// <summary>No call of the plugin returns any more.</summary>
    [JsonStringEnumMemberName("all_calls_hang")] AllCallsHang,

    /// <summary>Some calls did not return within their budget, and still have not.</summary>
    [JsonStringEnumMemberName("calls_hang")] CallsHang,

    /// <summary>Calls blocked their thread within the window.</summary>
    [JsonStringEnumMemberName("calls_block")] CallsBlock,

    /// <summary>At least half of the calls in the window failed.</summary>
    [JsonStringEnumMemberName("many_errors")] ManyErrors,

    /// <summary>At least a tenth of the calls in the window failed.</summary>
    [JsonStringEnumMemberName("some_errors")] SomeErrors,

    /// <summary>A fetch failed within the last five minutes, and no check has passed.</summary>
    [JsonStringEnumMemberName("recent_error")] RecentError,

    /// <summary>Calls take at least three times as long as they used to.</summary>
    [JsonStringEnumMemberName("slow")] Slow,

    /// <summary>There is no token that the upstream would take.</summary>
    [JsonStringEnumMemberName("token_expired")] TokenExpired,

    /// <summary>The token is about to expire, and no other one comes.</summary>
    [JsonStringEnumMemberName("token_expiring")] TokenExpiring,

    /// <summary>The quota is used up until its reset.</summary>
    [JsonStringEnumMemberName("quota_spent")] QuotaSpent,

    /// <summary>At most a tenth of the quota is left until its reset.</summary>
    [JsonStringEnumMemberName("quota_low")] QuotaLow,
}

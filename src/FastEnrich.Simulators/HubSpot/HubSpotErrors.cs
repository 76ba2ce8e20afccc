namespace FastEnrich.Simulators;

/// <summary>The errors of HubSpot's API, in its shapes.</summary>
internal static class HubSpotErrors
{
    private static readonly SimulatedError s_rateLimit = RateLimit("TEN_SECONDLY_ROLLING");

    public static IReadOnlyDictionary<string, SimulatedError> Catalogue { get; } = new Dictionary<string, SimulatedError>(StringComparer.Ordinal)
    {
        ["server_error"] = Error(500, "INTERNAL_ERROR"),
        ["unauthorized"] = Error(401, "INVALID_AUTHENTICATION"),
        ["expired_token"] = Error(401, "EXPIRED_AUTHENTICATION"),
        ["missing_scopes"] = Error(403, "MISSING_SCOPES"),
        ["object_not_found"] = Error(404, "OBJECT_NOT_FOUND"),
        ["validation_error"] = Error(400, "VALIDATION_ERROR"),
        ["rate_limit"] = s_rateLimit,
        ["rate_limit_with_retry_after"] = s_rateLimit with { Headers = ["Retry-After: 7"] },
        ["rate_limit_with_headers"] = s_rateLimit with
        {
            Headers = ["X-HubSpot-RateLimit-Interval-Milliseconds: 10000", "X-HubSpot-RateLimit-Max: 110", "X-HubSpot-RateLimit-Remaining: 0"],
        },
        ["rate_limit_secondly"] = RateLimit("SECONDLY"),
        ["daily_limit"] = RateLimit("DAILY"),
        ["locked"] = Empty(423),
        ["migrating"] = Empty(477) with { Headers = ["Retry-After: 86400"] },
        ["bad_gateway"] = Empty(502),
        ["down"] = Empty(521),
    };

    private static SimulatedError Error(int status, string category) =>
        new(status, $$"""{"status":"error","message":"{text}","correlationId":"{{HubSpotAnswers.Correlation}}","category":"{{category}}"}""");

    private static SimulatedError RateLimit(string policy) =>
        new(429, $$"""{"status":"error","message":"{text}","errorType":"RATE_LIMIT","correlationId":"{{HubSpotAnswers.Correlation}}","policyName":"{{policy}}"}""")
        {
            DefaultText = $"You have reached your {policy.ToLowerInvariant()} limit.",
        };

    private static SimulatedError Empty(int status) => new(status) { ContentType = "text/html" };
}

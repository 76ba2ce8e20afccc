namespace FastEnrich.Simulators;

/// <summary>The errors of Salesforce's API, in its shapes: lists, even of one.</summary>
internal static class SalesforceErrors
{
    public const string ExpiredSession = "expired_session";
    public const string DailyLimit = "daily_limit";
    public const string NotFound = "not_found";

    public static IReadOnlyDictionary<string, SimulatedError> Catalogue { get; } = new Dictionary<string, SimulatedError>(StringComparer.Ordinal)
    {
        ["server_error"] = Error(500, "UNKNOWN_EXCEPTION"),
        ["server_unavailable"] = Error(503, "SERVER_UNAVAILABLE"),
        [ExpiredSession] = Error(401, "INVALID_SESSION_ID") with { DefaultText = "Session expired or invalid" },
        ["invalid_auth_header"] = Error(401, "INVALID_AUTH_HEADER") with { DefaultText = "INVALID_HEADER_TYPE" },
        ["rate_limit"] = Error(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded. {text}"),
        [DailyLimit] = Error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded. {text}"),
        ["insufficient_access"] = Error(403, "INSUFFICIENT_ACCESS"),
        ["api_disabled"] = Error(403, "API_DISABLED_FOR_ORG"),
        ["api_currently_disabled"] = Error(403, "API_CURRENTLY_DISABLED"),
        [NotFound] = Error(404, "NOT_FOUND") with { DefaultText = "The requested resource does not exist" },
        ["external_id_field"] = Error(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: {text}"),
        ["entity_is_deleted"] = Error(404, "ENTITY_IS_DELETED") with { DefaultText = "entity is deleted" },
        ["multiple_choices"] = new(300, """["/services/data/v67.0/sobjects/Contact/0035e00000K8vwRAAR","/services/data/v67.0/sobjects/Contact/0035e00000K8vwSAAR"]"""),
        ["malformed_query"] = Error(400, "MALFORMED_QUERY"),
        ["malformed_id"] = Error(400, "MALFORMED_ID", "Contact ID: id value of incorrect type: {text}"),
        ["invalid_field"] = Error(400, "INVALID_FIELD"),
        ["invalid_type"] = Error(400, "INVALID_TYPE"),
        ["query_timeout"] = Error(400, "QUERY_TIMEOUT"),
        ["request_running_too_long"] = Error(400, "REQUEST_RUNNING_TOO_LONG"),
        ["uri_too_long"] = new(414, "<html>URI Too Long {text}</html>") { ContentType = "text/html" },
    };

    private static SimulatedError Error(int status, string errorCode, string message = "{text}") =>
        new(status, $$"""[{"message":"{{message}}","errorCode":"{{errorCode}}"}]""");
}

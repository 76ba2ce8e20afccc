namespace FastEnrich.Simulators;

/// <summary>The errors of Pipedrive's API, in its shapes.</summary>
internal static class PipedriveErrors
{
    private static readonly SimulatedError s_rateLimit = new(429, """{"success":false,"error":"request over limit: {text}","errorCode":429}""") { DefaultText = "2 seconds" };

    public static IReadOnlyDictionary<string, SimulatedError> Catalogue { get; } = new Dictionary<string, SimulatedError>(StringComparer.Ordinal)
    {
        ["server_error"] = Error(500),
        ["bad_gateway"] = new(502, "<html>{text}</html>") { ContentType = "text/html" },
        ["unauthorized"] = new(
            401,
            """{"success":false,"error":"unauthorized access: {text}","errorCode":401,"error_info":"Please check developers.pipedrive.com"}""")
        {
            DefaultText = "no token",
        },
        ["company_closed"] = new(402, """{"success":false,"error":"Company account is not open: {text}","error_info":"Please check developers.pipedrive.com"}"""),
        ["scope_mismatch"] = new(403, """{"success":false,"error":"Scope and URL mismatch: {text}","errorCode":403,"error_info":"Please check developers.pipedrive.com"}"""),
        ["feature_cap"] = new(403, """{"success":false,"error":"{text}","data":null,"additional_data":null,"code":"feature_capping_deals_limit"}"""),
        ["blocked"] = new(403, "<!DOCTYPE html><html><body>{text}</body></html>") { ContentType = "text/html" },
        ["not_found"] = new(404, """{"success":false,"error":"Entity was not found","error_info":"{text}","data":null,"additional_data":null}"""),
        ["no_route"] = new(404, "<html><body><h1>404 Not Found</h1>{text}</body></html>") { ContentType = "text/html" },
        ["gone"] = new(410, """{"success":true,"data":{"id":11}}"""),
        ["bad_request"] = Error(400),
        ["rate_limit"] = s_rateLimit with
        {
            Headers =
            [
                "x-ratelimit-limit: 80", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 2",
                "x-daily-ratelimit-token-limit: 150000", "x-daily-ratelimit-token-remaining: 146932",
            ],
        },
        ["rate_limit_without_headers"] = s_rateLimit,
        ["rate_limit_with_retry_after"] = s_rateLimit with { Headers = ["Retry-After: 7"] },
        ["daily_budget"] = s_rateLimit with
        {
            Headers =
            [
                "x-ratelimit-limit: 80", "x-ratelimit-remaining: 40", "x-ratelimit-reset: 2",
                "x-daily-ratelimit-token-limit: 150000", "x-daily-ratelimit-token-remaining: 0",
            ],
        },
        ["failure_with_success_status"] = new(200, """{"success":false,"error":"{text}","data":null,"additional_data":null}"""),
    };

    private static SimulatedError Error(int status) =>
        new(status, """{"success":false,"error":"{text}","error_info":"Please check developers.pipedrive.com","data":null,"additional_data":null}""");
}

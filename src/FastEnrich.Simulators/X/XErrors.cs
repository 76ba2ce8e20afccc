using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>The errors of X's API, in its shapes; rate limits end some minutes from now.</summary>
internal static class XErrors
{
    private const string Problems = "https://api.twitter.com/2/problems/";
    private const string Plain = """{"title":"Too Many Requests","detail":"Too Many Requests","type":"about:blank","status":429}""";

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(20);

    public static IReadOnlyDictionary<string, SimulatedError> Catalogue(DateTimeOffset now) => new Dictionary<string, SimulatedError>(StringComparer.Ordinal)
    {
        ["server_error"] = Untyped(500, "Internal Server Error"),
        ["bad_gateway"] = Untyped(502, "Bad Gateway"),
        ["service_unavailable"] = Untyped(503, "Service Unavailable"),
        ["unauthorized"] = Untyped(401, "Unauthorized"),
        ["credentials_refused"] = new(403, """{"errors":[{"code":99,"message":"Unable to verify your credentials","label":"authenticity_token_error"}]}"""),
        ["client_forbidden"] = Problem(403, "Client Forbidden", "client-forbidden", ""","reason":"client-not-enrolled","required_enrollment":"Appropriate Level of API Access" """),
        ["unsupported_authentication"] = Problem(403, "Unsupported Authentication", "unsupported-authentication"),
        ["invalid_request"] = Problem(400, "Invalid Request", "invalid-request", ""","errors":[{"parameters":{},"message":"{text}"}]"""),
        ["route_not_found"] = Untyped(404, "Not Found"),
        ["user_not_found"] = Problem(404, "Not Found Error", "resource-not-found", ""","resource_type":"user","parameter":"id","value":"{text}" """),
        ["user_not_found_in_answer"] = Within("Not Found Error", "resource-not-found"),
        ["not_authorized_for_resource"] = Within("Authorization Error", "not-authorized-for-resource"),
        ["rate_limit"] = Limited(Plain, now),
        ["rate_limit_text"] = Limited("Rate limit exceeded\n", now) with { ContentType = "text/plain;charset=utf-8" },
        ["rate_limit_legacy"] = new(429, """{"errors":[{"code":88,"message":"Rate limit exceeded"}]}"""),
        ["rate_limit_day"] = new(
            429,
            Plain,
            "x-rate-limit-limit: 50",
            "x-rate-limit-remaining: 47",
            $"x-rate-limit-reset: {Epoch(now + s_window)}",
            "x-user-limit-24hour-limit: 1000",
            "x-user-limit-24hour-remaining: 0",
            $"x-user-limit-24hour-reset: {Epoch(now + s_day)}"),
        ["usage_capped"] = Problem(429, "UsageCapExceeded", "usage-capped", ""","period":"Monthly","scope":"Product" """),
        ["usage_capped_daily"] = Problem(429, "UsageCapExceeded", "usage-capped", ""","period":"Daily","scope":"Account" """),
        ["credits_depleted"] = Problem(402, "CreditsDepleted", "credits"),
    };

    /// <summary>Returns a time as X's headers have it.</summary>
    public static string Epoch(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static SimulatedError Untyped(int status, string title) =>
        new(status, $$"""{"title":"{{title}}","detail":"{text}","type":"about:blank","status":{{status}}}""") { ContentType = "application/problem+json" };

    private static SimulatedError Problem(int status, string title, string type, string more = "") =>
        new(status, $$"""{"title":"{{title}}","detail":"{text}","type":"{{Problems}}{{type}}"{{more}}}""") { ContentType = "application/problem+json" };

    private static SimulatedError Within(string title, string type) =>
        new(200, $$"""{"errors":[{"detail":"{text}","title":"{{title}}","resource_type":"user","parameter":"ids","value":"{text}","type":"{{Problems}}{{type}}"}]}""");

    private static SimulatedError Limited(string body, DateTimeOffset now) =>
        new(429, body, "x-rate-limit-limit: 300", "x-rate-limit-remaining: 0", $"x-rate-limit-reset: {Epoch(now + s_window)}");
}

using System.Globalization;
using System.Net;
using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Reads X's errors. A problem's kind is the last segment of its type, whatever host it stands under; its texts, which quote users, are never passed on.</summary>
internal static class XProblems
{
    public const string Credits = "credits";

    private const string UsageCapped = "usage-capped";
    private const int MaxKindLength = 64;

    private static readonly TimeSpan s_leastWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_unknownWait = TimeSpan.FromMinutes(1); // of windows of 15
    private static readonly TimeSpan s_creditsRest = TimeSpan.FromMinutes(15); // somebody has to buy some
    private static readonly TimeSpan s_monthlyRest = TimeSpan.FromHours(1); // X does not say when the month ends
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>Returns a problem's kind, such as <c>resource-not-found</c>, or an old error's number.</summary>
    public static string? KindOf(XProblem? problem)
    {
        if (problem is null)
        {
            return null;
        }

        var type = XJson.Text(problem.Type) ?? "";
        var kind = type[(type.LastIndexOf('/') + 1)..];
        return kind.Length is > 0 and <= MaxKindLength && kind.Length < type.Length && kind.All(c => char.IsAsciiLetterLower(c) || c == '-') ? kind
            : XJson.Text(problem.Title) switch
            {
                "UsageCapExceeded" => UsageCapped,
                "CreditsDepleted" => Credits,
                _ => LegacyCode(problem),
            };
    }

    /// <summary>Reads the kind of an answer's problem; <see langword="null"/> where the body holds none, as on pages and plain text.</summary>
    public static string? KindOf(UpstreamResponse response) => response.StatusCode == HttpStatusCode.PaymentRequired ? Credits : KindOf(Read(response));

    /// <summary>Says whether a kind means that there is nothing to see for us: a user who is gone, suspended or protected. The credentials are fine.</summary>
    public static bool IsUnavailable(string? kind) =>
        kind is "resource-not-found" or "not-authorized-for-resource" or "resource-unavailable" or "disallowed-resource";

    /// <summary>Returns the failure that an answer stands for.</summary>
    public static PluginException ToException(UpstreamResponse response, DateTimeOffset now)
    {
        var problem = Read(response);
        var kind = KindOf(response);
        return (int)response.StatusCode switch
        {
            404 when !IsUnavailable(kind) => response.ToException("UNKNOWN_ROUTE", PluginErrorCode.InvalidConfig),
            _ when kind == Credits => Quota(response, kind, s_creditsRest),
            _ when kind == UsageCapped => Quota(response, kind, CapRest(problem, now)),
            429 when DayReset(response) is { } reset => Quota(response, kind, Until(reset, now)),
            429 => response.ToException(kind, PluginErrorCode.RateLimitError, retryAfter: Wait(response, now)),
            _ => response.ToException(kind),
        };
    }

    /// <summary>Returns the failure of one member of an answer; <see langword="null"/> when there is nothing to see.</summary>
    public static PluginException? ToMemberException(string plugin, string operation, XProblem problem, DateTimeOffset now)
    {
        var kind = KindOf(problem);
        return kind switch
        {
            _ when IsUnavailable(kind) => null,
            UsageCapped => new PluginException(plugin, operation, "usage-capped in an answer", PluginErrorCode.QuotaExceeded, retryAfter: CapRest(problem, now)),
            Credits => new PluginException(plugin, operation, "credits in an answer", PluginErrorCode.QuotaExceeded, retryAfter: s_creditsRest),
            "88" => new PluginException(plugin, operation, "88 in an answer", PluginErrorCode.RateLimitError, retryAfter: s_unknownWait),
            "invalid-request" => new PluginException(plugin, operation, "invalid-request in an answer", PluginErrorCode.InvalidConfig),
            "client-forbidden" or "unsupported-authentication" => new PluginException(plugin, operation, $"{kind} in an answer", PluginErrorCode.AuthError),
            _ => new PluginException(plugin, operation, $"{kind ?? "an error of no kind"} in an answer", PluginErrorCode.ConnectionError),
        };
    }

    private static XProblem? Read(UpstreamResponse response) => response.TryRead(XPluginJsonContext.Default.XProblem, out var problem) ? problem : null;

    private static string? LegacyCode(XProblem problem)
    {
        var code = XJson.Count(problem.Code) ?? XJson.Items(problem.Errors).Select(static error => XJson.Count(XJson.Member(error, "code"))).FirstOrDefault();
        return code?.ToString(CultureInfo.InvariantCulture);
    }

    private static PluginException Quota(UpstreamResponse response, string? kind, TimeSpan rest) =>
        response.ToException(kind, PluginErrorCode.QuotaExceeded, retryable: false, retryAfter: response.RetryAfter ?? rest);

    private static TimeSpan Wait(UpstreamResponse response, DateTimeOffset now) =>
        response.GetHeaderUnixTime("x-rate-limit-reset") is { } reset ? Until(reset, now) : response.RetryAfter ?? s_unknownWait;

    /// <summary>When the limit of the day is spent, that of the window is not what the answer is about.</summary>
    private static DateTimeOffset? DayReset(UpstreamResponse response)
    {
        foreach (var limit in (ReadOnlySpan<string>)["x-app-limit-24hour", "x-user-limit-24hour"])
        {
            if (response.GetHeaderNumber($"{limit}-remaining") == 0 && response.GetHeaderUnixTime($"{limit}-reset") is { } reset)
            {
                return reset;
            }
        }

        return null;
    }

    /// <summary>Caps count by UTC days or by months.</summary>
    private static TimeSpan CapRest(XProblem? problem, DateTimeOffset now) =>
        problem is not null && XJson.Text(problem.Period) == "Daily" ? s_day - now.UtcDateTime.TimeOfDay : s_monthlyRest;

    private static TimeSpan Until(DateTimeOffset time, DateTimeOffset now)
    {
        var wait = time - now;
        return wait < s_leastWait ? s_leastWait : wait > s_day ? s_day : wait; // our clock and X's are not one
    }
}

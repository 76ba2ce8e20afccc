using System.Globalization;
using System.Net;
using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Reads HubSpot's error answers: the body's policy and category first, then the status.</summary>
internal static class HubSpotErrors
{
    private const int MaxCodeLength = 64;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lock = TimeSpan.FromSeconds(2); // "locks last two seconds", says the vendor
    private static readonly TimeSpan s_tenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(24);

    /// <summary>Says whether a 404 speaks of the record. An unknown route answers 404 too, with a page instead of JSON.</summary>
    public static bool IsUnknownRecord(UpstreamResponse response) =>
        response.StatusCode == HttpStatusCode.NotFound && response.TryRead(HubSpotPluginJsonContext.Default.HubSpotError, out _);

    /// <summary>Returns the failure that an answer stands for; its text holds the vendor's category, never its message.</summary>
    public static PluginException ToException(UpstreamResponse response)
    {
        var error = response.TryRead(HubSpotPluginJsonContext.Default.HubSpotError, out var read) ? read : null;
        var code = Code(error?.PolicyName) ?? Code(error?.Category) ?? Code(error?.ErrorType);
        return (int)response.StatusCode switch
        {
            429 => ToRateLimit(response, error, code),
            423 => response.ToException(code, PluginErrorCode.RateLimitError, retryAfter: response.RetryAfter ?? s_lock),
            477 => response.ToException(code, PluginErrorCode.ConnectionError),
            502 or 504 => response.ToException(code, PluginErrorCode.TimeoutError),
            404 when error is null => response.ToException("UNKNOWN_ROUTE", PluginErrorCode.InvalidConfig),
            _ => response.ToException(code),
        };
    }

    /// <summary>Returns the failure of one member of a batch; <see langword="null"/> when its record does not exist.</summary>
    public static PluginException? ToMemberException(string plugin, string operation, HubSpotError error) => Code(error.Category) switch
    {
        "OBJECT_NOT_FOUND" => null,
        "RATE_LIMITS" => new PluginException(plugin, operation, "RATE_LIMITS for a member of the batch", PluginErrorCode.RateLimitError),
        "MISSING_SCOPES" => new PluginException(plugin, operation, "MISSING_SCOPES for a member of the batch", PluginErrorCode.AuthError),
        "VALIDATION_ERROR" => new PluginException(plugin, operation, "VALIDATION_ERROR for a member of the batch", PluginErrorCode.InvalidConfig),
        var code => new PluginException(plugin, operation, $"{code ?? "an error without a category"} for a member of the batch", PluginErrorCode.ConnectionError),
    };

    /// <summary>
    /// Returns the time to the next quarter of an hour: quotas end at midnight in the account's time zone, which no answer names, and zones are quarters of an hour apart.
    /// </summary>
    public static TimeSpan UntilTheQuotaMayReset(DateTimeOffset now) => s_quarter - TimeSpan.FromTicks(now.UtcTicks % s_quarter.Ticks);

    private static PluginException ToRateLimit(UpstreamResponse response, HubSpotError? error, string? code)
    {
        var policy = Code(error?.PolicyName) ?? PolicyOf(error);
        if (policy == "DAILY" || (policy is null && response.GetHeader("X-HubSpot-RateLimit-Daily-Remaining") == "0"))
        {
            return response.ToException("DAILY", PluginErrorCode.QuotaExceeded, retryable: false);
        }

        var wait = response.RetryAfter ?? (policy is "SECONDLY" ? s_second : Interval(response) ?? s_tenSeconds);
        return response.ToException(code, PluginErrorCode.RateLimitError, retryAfter: wait);
    }

    private static string? PolicyOf(HubSpotError? error)
    {
        var message = error is null ? null : RawText.Read(error.Message);
        if (message is null)
        {
            return null;
        }

        return message.Contains("ten_secondly", StringComparison.OrdinalIgnoreCase) ? "TEN_SECONDLY_ROLLING"
            : message.Contains("secondly", StringComparison.OrdinalIgnoreCase) ? "SECONDLY"
            : message.Contains("daily", StringComparison.OrdinalIgnoreCase) ? "DAILY"
            : null;
    }

    private static TimeSpan? Interval(UpstreamResponse response) =>
        long.TryParse(response.GetHeader("X-HubSpot-RateLimit-Interval-Milliseconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)s_longestWait.TotalMilliseconds))
            : null;

    /// <summary>Returns a code in capitals; anything else in its place could be a piece of a user's data.</summary>
    private static string? Code(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } value
        && RawText.Read(value) is { Length: > 0 and <= MaxCodeLength } text
        && text.All(c => char.IsAsciiLetterUpper(c) || c == '_')
            ? text
            : null;
}

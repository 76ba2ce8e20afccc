using System.Net;
using System.Text.Json;
using FastEnrich.Plugins.Crm.Salesforce.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Reads Salesforce's error answers: the body's code first, then the status.</summary>
internal static class SalesforceErrors
{
    public const string ExpiredSession = "INVALID_SESSION_ID";

    private const int MaxCodeLength = 64;

    private static readonly TimeSpan s_concurrencyWait = TimeSpan.FromSeconds(2); // long calls end by themselves; nothing says when

    /// <summary>Says whether a token was refused for its age. Another 401 is about the header, which a new token would not mend.</summary>
    public static bool IsExpired(UpstreamResponse response) =>
        response.StatusCode == HttpStatusCode.Unauthorized && (First(response) is not { } error || Code(error) is null or ExpiredSession);

    /// <summary>Says whether an answer to a read of one record says that there is none; an unknown route answers with a page instead.</summary>
    public static bool IsUnknownRecord(UpstreamResponse response) => (int)response.StatusCode switch
    {
        300 => true, // several records have the key: taking one would be a guess
        >= 400 and < 500 => First(response) is { } error && Classify((int)response.StatusCode, error) == PluginErrorCode.NotFound,
        _ => false,
    };

    /// <summary>Returns the failure that an answer stands for; its text holds the vendor's code, never its message.</summary>
    public static PluginException ToException(UpstreamResponse response)
    {
        var status = (int)response.StatusCode;
        if (First(response) is not { } error)
        {
            return status == 404 ? response.ToException("UNKNOWN_ROUTE", PluginErrorCode.InvalidConfig) : response.ToException(code: ClassifyStatus(status));
        }

        var code = Classify(status, error);
        return code == PluginErrorCode.NotFound
            ? response.ToException(Code(error), PluginErrorCode.InvalidConfig) // where no record was asked for, what does not exist is the address
            : response.ToException(Code(error), code, retryAfter: Wait(code, error));
    }

    /// <summary>Returns the failure of one request among several that were sent as one.</summary>
    public static PluginException ToException(string plugin, string operation, SalesforceBatchItem item)
    {
        var error = First(item);
        var code = CodeOf(item);
        var message = error is not null && Code(error) is { } vendorCode ? $"HTTP {item.StatusCode}, {vendorCode}, within a batch" : $"HTTP {item.StatusCode} within a batch";
        var kept = code == PluginErrorCode.NotFound ? PluginErrorCode.InvalidConfig : code;
        return new PluginException(plugin, operation, message, kept, retryAfter: error is null ? null : Wait(code, error));
    }

    /// <summary>Returns what became of one request among several, as its own answer would have said.</summary>
    public static PluginErrorCode CodeOf(SalesforceBatchItem item) =>
        First(item) is { } error ? Classify(item.StatusCode, error) : ClassifyStatus(item.StatusCode);

    private static SalesforceError? First(UpstreamResponse response) =>
        response.TryRead(SalesforcePluginJsonContext.Default.SalesforceErrorArray, out var errors) && errors is [{ } first, ..] ? first : null;

    private static SalesforceError? First(SalesforceBatchItem item)
    {
        try
        {
            return item.Result.ValueKind == JsonValueKind.Array
                && item.Result.Deserialize(SalesforcePluginJsonContext.Default.SalesforceErrorArray) is [{ } first, ..]
                ? first
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PluginErrorCode Classify(int status, SalesforceError error) => Code(error) switch
    {
        ExpiredSession or "INVALID_AUTH_HEADER" or "API_DISABLED_FOR_ORG" or "API_CURRENTLY_DISABLED"
            or "INSUFFICIENT_ACCESS" or "FUNCTIONALITY_NOT_ENABLED" => PluginErrorCode.AuthError,
        "REQUEST_LIMIT_EXCEEDED" => Speaks(error, "concurrent") ? PluginErrorCode.RateLimitError : PluginErrorCode.QuotaExceeded,
        "EXCEEDED_QUOTA" => PluginErrorCode.QuotaExceeded,
        "NOT_FOUND" => Speaks(error, "external ID field") ? PluginErrorCode.InvalidConfig : PluginErrorCode.NotFound,
        "MALFORMED_ID" or "ENTITY_IS_DELETED" => PluginErrorCode.NotFound,
        "QUERY_TIMEOUT" or "REQUEST_RUNNING_TOO_LONG" => PluginErrorCode.TimeoutError,
        "SERVER_UNAVAILABLE" or "UNKNOWN_EXCEPTION" or "UNABLE_TO_LOCK_ROW" or "BATCH_PROCESSING_HALTED" or "INVALID_QUERY_LOCATOR" or "ORG_IN_MAINTENANCE"
            or "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE" => PluginErrorCode.ConnectionError, // a locator dies with its server: asking anew helps
        _ => ClassifyStatus(status),
    };

    private static PluginErrorCode ClassifyStatus(int status) => status switch
    {
        401 or 403 => PluginErrorCode.AuthError,
        404 or 410 => PluginErrorCode.NotFound,
        408 or 504 => PluginErrorCode.TimeoutError,
        420 or 429 => PluginErrorCode.RateLimitError,
        >= 500 => PluginErrorCode.ConnectionError,
        >= 300 => PluginErrorCode.InvalidConfig,
        _ => PluginErrorCode.InvalidResponse,
    };

    private static TimeSpan? Wait(PluginErrorCode code, SalesforceError error) =>
        code == PluginErrorCode.RateLimitError && Code(error) == "REQUEST_LIMIT_EXCEEDED" ? s_concurrencyWait : null;

    private static bool Speaks(SalesforceError error, string of) => RawText.Read(error.Message)?.Contains(of, StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Returns a code in capitals; anything else in its place could be a piece of a user's data.</summary>
    private static string? Code(SalesforceError error) =>
        RawText.Read(error.ErrorCode) is { Length: > 0 and <= MaxCodeLength } text && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_') ? text : null;
}

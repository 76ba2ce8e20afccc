using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Reads the API's errors: the code in the body first, then its subcode; the status says little.</summary>
internal static class FacebookErrors
{
    private const int TokenExpired = 463;
    private const int UnknownObject = 33;

    /// <summary>Returns what an answer failed with; <see langword="null"/> when it did not fail. Errors come with any status, 200 included.</summary>
    public static FacebookFailure? Read(FacebookAnswer answer)
    {
        if (answer.TryRead(FacebookPluginJsonContext.Default.FacebookErrorAnswer, out var read) && read?.Error is { } error)
        {
            return Read(answer, error);
        }

        return answer.Status switch
        {
            (>= 200 and < 300) or 304 => null,
            404 or 410 => Failed(PluginErrorCode.InvalidConfig, "UNKNOWN_ROUTE"), // the API itself answers unknown paths and users with an error object
            429 => Failed(PluginErrorCode.RateLimitError, null) with { Limit = FacebookLimit.App },
            _ => Failed(answer.DefaultCode, null),
        };
    }

    /// <summary>Makes the failure for the caller; its text holds the API's codes, never its message.</summary>
    public static PluginException ToException(FacebookFailure failure, string plugin, string operation, int status, TimeSpan? wait) => new(
        plugin,
        operation,
        failure.VendorCode is null ? $"HTTP {status}" : $"HTTP {status}, {failure.VendorCode}",
        failure.Code,
        failure.Retryable,
        wait);

    private static FacebookFailure Read(FacebookAnswer answer, FacebookError error)
    {
        var code = Number(error.Code) ?? CodeInMessage(error);
        var subcode = Number(error.Subcode);
        var vendorCode = code is null ? null : subcode is null ? Text(code.Value) : $"{Text(code.Value)}.{Text(subcode.Value)}";
        return code switch
        {
            190 or 102 => Failed(PluginErrorCode.AuthError, vendorCode) with { Token = subcode == TokenExpired ? FacebookTokenState.Expired : FacebookTokenState.Refused },
            3 or 10 or (>= 200 and <= 299) => Failed(PluginErrorCode.AuthError, vendorCode),
            4 or 613 => Failed(PluginErrorCode.RateLimitError, vendorCode) with { Limit = FacebookLimit.App },
            17 or 32 or (>= 80000 and <= 80999) => Failed(PluginErrorCode.RateLimitError, vendorCode) with { Limit = FacebookLimit.Token },
            341 => Failed(PluginErrorCode.QuotaExceeded, vendorCode) with { Limit = FacebookLimit.App },
            368 => Failed(PluginErrorCode.QuotaExceeded, vendorCode) with { Limit = FacebookLimit.Token },
            803 => Failed(PluginErrorCode.NotFound, vendorCode),
            100 when subcode == UnknownObject || IsUnknownObject(error) => Failed(PluginErrorCode.NotFound, vendorCode),
            100 or 104 or 2500 => Failed(PluginErrorCode.InvalidConfig, vendorCode),
            1 or 2 => Failed(PluginErrorCode.ConnectionError, vendorCode),
            _ when error.IsTransient.ValueKind == JsonValueKind.True => Failed(PluginErrorCode.ConnectionError, vendorCode),
            _ when answer.Status is >= 200 and < 400 => Failed(PluginErrorCode.InvalidResponse, vendorCode),
            _ when answer.Status is >= 400 and < 500 and not (401 or 403 or 408 or 429) => Failed(PluginErrorCode.InvalidConfig, vendorCode),
            _ => Failed(answer.DefaultCode, vendorCode),
        };
    }

    private static FacebookFailure Failed(PluginErrorCode code, string? vendorCode) =>
        new(code, code is PluginErrorCode.ConnectionError or PluginErrorCode.TimeoutError or PluginErrorCode.RateLimitError, vendorCode);

    private static int? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    /// <summary>Old errors have their code in the message alone, "(#200) ...", and those of tokens have none at all.</summary>
    private static int? CodeInMessage(FacebookError error)
    {
        var message = Text(error.Message);
        if (message.StartsWith("(#", StringComparison.Ordinal) && message.IndexOf(')') is > 2 and var end
            && int.TryParse(message.AsSpan(2, end - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return code;
        }

        return message.StartsWith("Error validating access token", StringComparison.Ordinal) ? 190 : null;
    }

    /// <summary>Before it had a subcode, an unknown object had this type and these words alone.</summary>
    private static bool IsUnknownObject(FacebookError error) =>
        Text(error.Type) == "GraphMethodException" && Text(error.Message).StartsWith("Unsupported get request. Object with ID", StringComparison.Ordinal);

    private static string Text(JsonElement element) => RawText.Read(element) ?? "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

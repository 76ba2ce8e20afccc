using System.Globalization;
using System.Net;
using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Crm.Pipedrive.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Reads Pipedrive's error answers: status and headers first, for the texts are not stable.</summary>
internal static class PipedriveErrors
{
    public const string DailyBudget = "daily_budget";
    public const string Blocked = "blocked";

    private const int MaxCodeLength = 64;
    private const string FeatureCap = "feature_capping_";

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(2); // the window of the burst limit
    private static readonly TimeSpan s_longBlock = TimeSpan.FromMinutes(5); // whoever asks on is blocked longer

    /// <summary>Says whether an answer means that one record does not exist. An unknown route answers 404 too, with a page instead of JSON.</summary>
    public static bool IsUnknownRecord(UpstreamResponse response, PipedriveAnswer? answer) =>
        response.StatusCode == HttpStatusCode.Gone || (response.StatusCode == HttpStatusCode.NotFound && answer is not null);

    /// <summary>Returns the failure that an answer stands for, or <see langword="null"/> when it is a success.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="answer">Its body; <see langword="null"/> when that is no JSON object.</param>
    /// <param name="now">The time.</param>
    public static PluginException? FailureOf(UpstreamResponse response, PipedriveAnswer? answer, DateTimeOffset now)
    {
        if (!response.IsSuccess)
        {
            return ToException(response, (int)response.StatusCode, answer is not null, CodeOf(answer), now);
        }

        if (answer is null || answer.Success.ValueKind != JsonValueKind.False)
        {
            return null; // whether the body is the expected one is for its reader to say
        }

        return StatusOf(answer) is { } status
            ? ToException(response, status, true, CodeOf(answer) ?? status.ToString(CultureInfo.InvariantCulture), now)
            : response.ToException(CodeOf(answer), PluginErrorCode.InvalidResponse);
    }

    private static PluginException ToException(UpstreamResponse response, int status, bool json, string? code, DateTimeOffset now) => status switch
    {
        429 when PipedriveLimits.DailyRemaining(response) <= 0 => response.ToException(DailyBudget, PluginErrorCode.QuotaExceeded, false, PipedriveLimits.BudgetWait(now)),
        429 => response.ToException(code, PluginErrorCode.RateLimitError, true, PipedriveLimits.WindowOf(response) ?? response.RetryAfter ?? s_window),
        401 or 402 => response.ToException(code, PluginErrorCode.AuthError, false),
        // The wall in front of the API, after 429s that were not heeded.
        403 when !json => response.ToException(Blocked, PluginErrorCode.RateLimitError, true, response.RetryAfter ?? s_longBlock),
        403 when code?.StartsWith(FeatureCap, StringComparison.Ordinal) == true => response.ToException(code, PluginErrorCode.QuotaExceeded, false),
        403 => response.ToException(code, PluginErrorCode.AuthError, false),
        408 or 504 => response.ToException(code, PluginErrorCode.TimeoutError),
        >= 500 => response.ToException(code, PluginErrorCode.ConnectionError),
        _ => response.ToException(code, PluginErrorCode.InvalidConfig, false), // a list that is not found is a wrong path, any other refusal a wrong request
    };

    /// <summary>Returns a status that a body names while the answer has another.</summary>
    private static int? StatusOf(PipedriveAnswer? answer) =>
        answer?.ErrorCode is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var status) && status is >= 400 and <= 599 ? status : null;

    /// <summary>Returns a code in small letters; anything else in its place could be a piece of a person's data.</summary>
    private static string? CodeOf(PipedriveAnswer? answer) =>
        answer?.Code is { ValueKind: JsonValueKind.String } code
        && RawText.Read(code) is { Length: > 0 and <= MaxCodeLength } text
        && text.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? text
            : null;
}

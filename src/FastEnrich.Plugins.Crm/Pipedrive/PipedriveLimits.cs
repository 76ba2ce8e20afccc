using System.Globalization;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Keeps to what the headers say: a burst window of two seconds per token, a budget of tokens per company and day. Thread-safe.</summary>
/// <param name="upstream">The client that the limits are of.</param>
/// <param name="userCost">What one user takes from the budget at most.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class PipedriveLimits(UpstreamClient upstream, int userCost, TimeProvider timeProvider)
{
    private const string Burst = "burst";
    private const string Daily = "daily";

    private static readonly TimeSpan s_longestBudgetWait = TimeSpan.FromHours(1); // nothing says in which zone the day ends, so it is asked again each hour

    private readonly UpstreamLimits _limits = new(upstream, timeProvider);
    private readonly UpstreamLimits _searches = new(upstream, timeProvider); // their window is smaller than that of all other requests
    private readonly UpstreamLimits _budget = new(upstream, timeProvider); // the last tenth of a day's is spread over users, not requests: half a user is none

    /// <summary>Returns how long not to ask once the budget is used up.</summary>
    public static TimeSpan BudgetWait(DateTimeOffset now) => NextDay(now) - now is var rest && rest < s_longestBudgetWait ? rest : s_longestBudgetWait;

    public static long? DailyRemaining(UpstreamResponse response) => Number(response, "x-daily-ratelimit-token-remaining");

    /// <summary>Returns what is left of the burst window: the header counts seconds, it is no point in time.</summary>
    public static TimeSpan? WindowOf(UpstreamResponse response) =>
        Number(response, "x-ratelimit-reset") is { } seconds and >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;

    /// <summary>Waits for the turn of a user, or of a batch.</summary>
    public ValueTask EnterUserAsync(CancellationToken cancellationToken) => _budget.EnterAsync("enrich", cancellationToken);

    /// <summary>Waits for the turn of a request.</summary>
    public async ValueTask EnterAsync(string operation, bool search, CancellationToken cancellationToken)
    {
        await _limits.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        if (search)
        {
            await _searches.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes over what an answer says of the limits, and stops for a while when it refuses for one.</summary>
    public void Note(UpstreamResponse response, bool search, PluginException? failure)
    {
        var now = timeProvider.GetUtcNow();
        var own = search ? _searches : _limits;
        if (Number(response, "x-ratelimit-limit") is { } limit && Number(response, "x-ratelimit-remaining") is { } remaining && WindowOf(response) is { } window)
        {
            own.Note(Burst, limit, remaining, now + window);
        }

        NoteBudget(response, now);
        if (failure is { Code: PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded, RetryAfter: { } wait })
        {
            var everything = failure.Code == PluginErrorCode.QuotaExceeded || (int)response.StatusCode == 403;
            var reason = failure.Code == PluginErrorCode.QuotaExceeded ? PipedriveErrors.DailyBudget
                : everything ? PipedriveErrors.Blocked
                : null;
            (everything ? _limits : own).Block(now + wait, failure.Code, reason);
        }
    }

    private void NoteBudget(UpstreamResponse response, DateTimeOffset now)
    {
        if (Number(response, "x-daily-ratelimit-token-limit") is not { } tokens || DailyRemaining(response) is not { } left)
        {
            return; // an account that slept a while does not say
        }

        if (left < userCost)
        {
            _budget.Block(now + BudgetWait(now), PluginErrorCode.QuotaExceeded, PipedriveErrors.DailyBudget);
        }
        else
        {
            _budget.Note(Daily, tokens / userCost, left / userCost, NextDay(now));
        }
    }

    private static DateTimeOffset NextDay(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private static long? Number(UpstreamResponse response, string header) =>
        long.TryParse(response.GetHeader(header), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

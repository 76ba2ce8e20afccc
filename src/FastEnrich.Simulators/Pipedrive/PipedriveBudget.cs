using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Counts requests and searches in windows of two seconds, and API tokens in a day. Thread-safe.</summary>
internal sealed class PipedriveBudget(PipedriveSimulatorOptions options)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(2);

    private readonly SimulatedWindow _requests = new(options.RequestsPerTwoSeconds, s_window, options.TimeProvider);
    private readonly SimulatedWindow _searches = new(options.SearchesPerTwoSeconds, s_window, options.TimeProvider);
    private readonly SimulatedWindow _day = new(options.TokensPerDay, TimeSpan.FromDays(1), options.TimeProvider);

    public long UsedToday => _day.Used;

    /// <summary>Counts a request, writes the headers and says whether it goes beyond a limit.</summary>
    public bool IsExceeded(int cost, IHeaderDictionary headers)
    {
        var window = cost == PipedriveRoutes.SearchCost ? _searches.Take() : _requests.Take();
        var day = window.IsExceeded ? _day.Take(0) : _day.Take(cost);
        headers["x-ratelimit-limit"] = Text(window.Limit);
        headers["x-ratelimit-remaining"] = Text(window.Remaining);
        headers["x-ratelimit-reset"] = Text((long)Math.Ceiling((window.ResetAt - options.TimeProvider.GetUtcNow()).TotalSeconds)); // what is left, no point in time
        headers["x-daily-ratelimit-token-limit"] = Text(day.Limit);
        headers["x-daily-ratelimit-token-remaining"] = Text(day.Remaining);
        return day.IsExceeded || window.IsExceeded;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

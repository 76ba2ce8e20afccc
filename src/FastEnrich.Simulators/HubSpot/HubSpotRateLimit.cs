using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Counts requests in a window of ten seconds and in a day. Thread-safe.</summary>
internal sealed class HubSpotRateLimit(int perWindow, int perDay, TimeProvider timeProvider)
{
    private readonly SimulatedWindow _window = new(perWindow, TimeSpan.FromSeconds(10), timeProvider);
    private readonly SimulatedWindow _day = new(perDay, TimeSpan.FromDays(1), timeProvider);

    public long UsedToday => _day.Used;

    /// <summary>Counts a request, writes the headers and returns the error that it meets, or <see langword="null"/>.</summary>
    public string? Take(IHeaderDictionary headers)
    {
        var (window, day) = (_window.Take(), _day.Take());
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = Text((long)_window.Length.TotalMilliseconds);
        headers["X-HubSpot-RateLimit-Max"] = Text(window.Limit);
        headers["X-HubSpot-RateLimit-Remaining"] = Text(window.Remaining);
        headers["X-HubSpot-RateLimit-Daily"] = Text(day.Limit);
        headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(day.Remaining);
        return day.IsExceeded ? "daily_limit" : window.IsExceeded ? "rate_limit" : null;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

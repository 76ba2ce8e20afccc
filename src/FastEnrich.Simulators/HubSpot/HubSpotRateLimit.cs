using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Counts requests in a window of ten seconds and in a day. Thread-safe.</summary>
internal sealed class HubSpotRateLimit(int perWindow, int perDay, TimeProvider timeProvider)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private DateTimeOffset _windowStart = timeProvider.GetUtcNow();
    private DateTimeOffset _dayStart = timeProvider.GetUtcNow();
    private int _inWindow;
    private int _inDay;

    public int UsedToday
    {
        get
        {
            lock (_lock)
            {
                return _inDay;
            }
        }
    }

    /// <summary>Counts a request, writes the headers and returns the policy that it breaks, or <see langword="null"/>.</summary>
    public string? Take(IHeaderDictionary headers)
    {
        int window, day;
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            if (now - _windowStart >= s_window)
            {
                (_windowStart, _inWindow) = (now, 0);
            }

            if (now - _dayStart >= TimeSpan.FromDays(1))
            {
                (_dayStart, _inDay) = (now, 0);
            }

            (window, day) = (++_inWindow, ++_inDay);
        }

        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000";
        headers["X-HubSpot-RateLimit-Max"] = Text(perWindow);
        headers["X-HubSpot-RateLimit-Remaining"] = Text(perWindow - window);
        headers["X-HubSpot-RateLimit-Daily"] = Text(perDay);
        headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(perDay - day);
        return day > perDay ? "DAILY" : window > perWindow ? "TEN_SECONDLY_ROLLING" : null;
    }

    private static string Text(int value) => Math.Max(0, value).ToString(CultureInfo.InvariantCulture);
}

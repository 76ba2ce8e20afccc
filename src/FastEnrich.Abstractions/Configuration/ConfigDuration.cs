using System.Globalization;

namespace FastEnrich;

/// <summary>Reads durations as they stand in configuration.</summary>
public static class ConfigDuration
{
    /// <summary>Reads <c>30</c> (seconds), <c>30s</c>, <c>500ms</c>, <c>2m</c>, <c>1h</c>, <c>1d</c>, <c>1.5s</c> or <c>00:00:30</c>.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    /// <param name="value">The duration; zero when the text is none.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        text = text.Trim();
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
        }

        value = TimeSpan.Zero;
        var (ticks, suffix) = Unit(text);
        if (!decimal.TryParse(text[..^suffix], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / ticks
            || number < long.MinValue / ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)(number * ticks));
        return true;
    }

    private static (long Ticks, int Suffix) Unit(ReadOnlySpan<char> text) => text switch
    {
        [.., 'm', 's'] => (TimeSpan.TicksPerMillisecond, 2),
        [.., 's'] => (TimeSpan.TicksPerSecond, 1),
        [.., 'm'] => (TimeSpan.TicksPerMinute, 1),
        [.., 'h'] => (TimeSpan.TicksPerHour, 1),
        [.., 'd'] => (TimeSpan.TicksPerDay, 1),
        _ => (TimeSpan.TicksPerSecond, 0),
    };
}

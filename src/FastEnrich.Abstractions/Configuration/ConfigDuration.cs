using System.Globalization;

namespace FastEnrich;

/// <summary>Reads durations as configuration writes them.</summary>
public static class ConfigDuration
{
    /// <summary>The forms that are read, as a phrase that completes "expected".</summary>
    public const string Forms = "a duration such as 30 (seconds), 500ms, 30s, 2m, 1h, 1d or 00:00:30";

    /// <summary>
    /// Reads a duration: <c>30</c> (seconds), <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c>, <c>1d</c>, each with a fraction if needed,
    /// or <c>[d.]hh:mm:ss[.fffffff]</c>. Units are lower-case; a fraction of a tick is rounded to the nearest tick.
    /// </summary>
    /// <param name="text">The text; space around it is ignored.</param>
    /// <param name="value">The duration, never negative; zero when the text is not one.</param>
    /// <returns>Whether the text is a duration.</returns>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var span = text.AsSpan().Trim();
        if (span.Contains(':'))
        {
            // "1:30" is refused: some read it as minutes, TimeSpan as hours.
            return span[0] != '-' && span.Count(':') == 2 && TimeSpan.TryParseExact(span, "c", CultureInfo.InvariantCulture, out value);
        }

        var (unit, length) = UnitOf(span);
        if (!decimal.TryParse(span[..^length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        if (number > TimeSpan.MaxValue.Ticks / unit)
        {
            return false;
        }

        value = new TimeSpan((long)decimal.Round(number * unit));
        return true;
    }

    private static (long Ticks, int Length) UnitOf(ReadOnlySpan<char> text) => text switch
    {
        [.., 'm', 's'] => (TimeSpan.TicksPerMillisecond, 2),
        [.., 's'] => (TimeSpan.TicksPerSecond, 1),
        [.., 'm'] => (TimeSpan.TicksPerMinute, 1),
        [.., 'h'] => (TimeSpan.TicksPerHour, 1),
        [.., 'd'] => (TimeSpan.TicksPerDay, 1),
        _ => (TimeSpan.TicksPerSecond, 0),
    };
}

using System.Globalization;

namespace FastEnrich.Plugins.Values;

/// <summary>Reads points in time: ISO 8601, or milliseconds since 1970.</summary>
internal static class Instant
{
    private static readonly DateTimeOffset s_earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int FewestDigits = 10; // fewer are a year, a count or a zero; milliseconds have had ten since April 1970

    /// <summary>Returns the time in UTC, or <see langword="null"/> when the text is none, or lies outside 1900 to 2200.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        DateTimeOffset value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            if (text.Length < FewestDigits || milliseconds < s_earliest.ToUnixTimeMilliseconds() || milliseconds > s_latest.ToUnixTimeMilliseconds())
            {
                return null;
            }

            value = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        else if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value))
        {
            return null; // TryParse alone would take "May" or "12:30" for a date
        }

        return value >= s_earliest && value <= s_latest ? value : null;
    }

    /// <summary>Writes a time as RFC 3339 in UTC.</summary>
    public static string Format(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

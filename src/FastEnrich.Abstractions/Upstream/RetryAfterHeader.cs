using System.Globalization;

namespace FastEnrich;

/// <summary>Reads <c>Retry-After</c> leniently: a wait that is negative or absurd is clamped, not lost.</summary>
internal static class RetryAfterHeader
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24); // the longest wait any of the upstreams documents

    public static TimeSpan? Parse(string? value, TimeProvider timeProvider)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        if (text.TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return Seconds(text);
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Clamp(date - timeProvider.GetUtcNow())
            : null;
    }

    public static TimeSpan Clamp(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longest ? s_longest : wait;

    private static TimeSpan? Seconds(ReadOnlySpan<char> text)
    {
        if (text is "-")
        {
            return null;
        }

        if (text[0] == '-')
        {
            return TimeSpan.Zero;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Clamp(TimeSpan.FromSeconds(seconds)) : s_longest;
    }
}

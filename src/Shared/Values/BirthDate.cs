using System.Globalization;

namespace FastEnrich.Plugins.Values;

/// <summary>Reads dates of birth as people type them.</summary>
internal static class BirthDate
{
    private const int OldestAge = 130; // nobody has been older; more is a typing error

    // Month first where both readings are possible: the order of the vendors' own forms.
    private static readonly string[] s_formats =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd",
        "M/d/yyyy", "M-d-yyyy", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy",
        "d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    ];

    /// <summary>Returns the age in whole years, or <see langword="null"/> when the text is no plausible date of birth.</summary>
    public static int? AgeAt(DateOnly today, string? text)
    {
        if (Parse(text) is not { } born || born > today)
        {
            return null;
        }

        var age = today.Year - born.Year;
        if (today.Month < born.Month || (today.Month == born.Month && today.Day < born.Day))
        {
            age--;
        }

        return age <= OldestAge ? age : null;
    }

    private static DateOnly? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var trimmed = text.AsSpan().Trim();
        if (DateOnly.TryParseExact(trimmed, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        return Instant.Parse(trimmed) is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null;
    }
}

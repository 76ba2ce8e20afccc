using System.Globalization;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>What an answer says of the requests of the last 24 hours.</summary>
internal readonly record struct SalesforceUsage(string Window, long Used, long Limit)
{
    private static readonly string[] s_windows = ["api-usage", "per-app-api-usage"];

    /// <summary>Reads <c>api-usage=18/5000; per-app-api-usage=17/250(appName=...)</c>; what makes no sense is left out.</summary>
    public static IEnumerable<SalesforceUsage> Parse(string? header)
    {
        foreach (var part in header?.Split(';', ',') ?? [])
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            if (equals > 0 && slash > equals && Array.IndexOf(s_windows, part[..equals].Trim()) is >= 0 and var window
                && Number(part.AsSpan(equals + 1, slash - equals - 1)) is { } used && Number(Digits(part.AsSpan(slash + 1))) is { } limit)
            {
                yield return new SalesforceUsage(s_windows[window], used, limit);
            }
        }
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text) => text.IndexOf('(') is >= 0 and var end ? text[..end] : text;

    private static long? Number(ReadOnlySpan<char> text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

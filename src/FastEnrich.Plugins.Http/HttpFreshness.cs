using System.Globalization;
using System.Net.Http.Headers;

namespace FastEnrich.Plugins.Http;

/// <summary>Says how long an answer is fresh. Immutable.</summary>
internal sealed class HttpFreshness(TimeSpan? fixedTtl, bool useCacheControl)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>Returns the time, 0 for an answer that must not be kept; <see langword="null"/> to leave it to the engine.</summary>
    public TimeSpan? Of(UpstreamResponse response)
    {
        if (!useCacheControl || !CacheControlHeaderValue.TryParse(response.GetHeader("Cache-Control"), out var control))
        {
            return fixedTtl;
        }

        if (control.NoStore || control.NoCache)
        {
            return TimeSpan.Zero;
        }

        if (control.MaxAge is not { } age)
        {
            return fixedTtl; // s-maxage is for caches that many users share
        }

        var rest = age - AgeOf(response);
        return rest < TimeSpan.Zero ? TimeSpan.Zero : rest > s_longest ? s_longest : rest;
    }

    private static TimeSpan AgeOf(UpstreamResponse response) =>
        int.TryParse(response.GetHeader("Age"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
}

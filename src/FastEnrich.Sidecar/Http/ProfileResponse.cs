using System.Globalization;

namespace FastEnrich.Sidecar.Http;

/// <summary>Answers with a profile and says how it was come by.</summary>
internal static class ProfileResponse
{
    public static Task SendAsync(Exchange exchange, EnrichedProfile profile, ProfileView view, bool hit, TimeSpan waited, TimeProvider timeProvider)
    {
        ProfileJson.Write(profile, exchange.Buffer, view);
        var headers = exchange.Response.Headers;
        headers["X-Cache"] = hit ? "hit" : "miss";
        if (OldestFetch(profile) is { } fetchedAt)
        {
            var age = timeProvider.GetUtcNow() - fetchedAt;
            headers.Age = ((long)Math.Max(0, age.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var own = timeProvider.GetElapsedTime(exchange.StartedAt) - waited;
        headers["Server-Timing"] = hit
            ? string.Create(CultureInfo.InvariantCulture, $"own;dur={own.TotalMilliseconds:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"own;dur={own.TotalMilliseconds:0.000}, upstream;dur={waited.TotalMilliseconds:0.000}");
        return exchange.SendAsync(200, "application/json");
    }

    private static DateTimeOffset? OldestFetch(EnrichedProfile profile)
    {
        DateTimeOffset? oldest = null;
        foreach (var (_, status) in profile.Status)
        {
            if (status.FetchedAt is { } at && (oldest is null || at < oldest))
            {
                oldest = at;
            }
        }

        return oldest;
    }
}

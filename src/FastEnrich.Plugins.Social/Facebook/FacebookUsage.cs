using System.Text;
using System.Text.Json;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>What the usage headers say: how much of a limit is used, and how long to wait when it is all.</summary>
/// <param name="Percent">The largest share that is used, of calls, processor time or time.</param>
/// <param name="Wait">How long to stay away; <see langword="null"/> when the header names no time.</param>
internal readonly record struct FacebookUsage(int Percent, TimeSpan? Wait)
{
    private const int MostPercent = 1000; // it may go beyond 100
    private const long MostMinutes = 24 * 60;

    private static readonly string[] s_shares = ["call_count", "total_cputime", "total_time"];

    public bool IsUp => Percent >= 100 || Wait > TimeSpan.Zero;

    /// <summary>Reads <c>X-App-Usage</c>: one object of percentages.</summary>
    public static FacebookUsage? OfApp(FacebookAnswer answer) => Parse(answer.Header("X-App-Usage")) is { Exists: true } usage ? Read(usage) : null;

    /// <summary>Reads <c>X-Business-Use-Case-Usage</c>: lists of them by business; the worst counts.</summary>
    public static FacebookUsage? OfBusiness(FacebookAnswer answer) =>
        Parse(answer.Header("X-Business-Use-Case-Usage")).Lists().Select(static usage => (FacebookUsage?)Read(usage))
            .OrderByDescending(static usage => usage!.Value.Wait ?? TimeSpan.Zero).ThenByDescending(static usage => usage!.Value.Percent).FirstOrDefault();

    private static FacebookUsage Read(FacebookNode usage)
    {
        var percent = s_shares.Max(name => usage.Count(name) ?? 0);
        TimeSpan? wait = usage.Count("estimated_time_to_regain_access") is { } minutes and > 0
            ? TimeSpan.FromMinutes(Math.Min(minutes, MostMinutes))
            : null;
        return new((int)Math.Min(percent, MostPercent), wait);
    }

    private static FacebookNode Parse(string? header)
    {
        try
        {
            return header is null ? default : new FacebookNode(JsonElement.Parse(Encoding.UTF8.GetBytes(header)));
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

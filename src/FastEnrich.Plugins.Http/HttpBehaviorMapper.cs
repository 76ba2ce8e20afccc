using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Http;

/// <summary>Maps what a user does. Immutable.</summary>
internal sealed class HttpBehaviorMapper(HttpBehaviorFields fields, HttpFieldPaths paths)
{
    private const string At = "fields:behavior_patterns:";

    private static readonly TimeSpan s_longestSession = TimeSpan.FromDays(1);

    private readonly JsonPath? _sessionDuration = paths.Optional(fields.SessionDuration, At + "session_duration");
    private readonly JsonPath? _pageViews = paths.Optional(fields.PageViews, At + "page_views");
    private readonly JsonPath? _conversionRate = paths.Optional(fields.ConversionRate, At + "conversion_rate");
    private readonly JsonPath? _channels = paths.Optional(fields.PreferredChannels, At + "preferred_channels");
    private readonly JsonPath? _times = paths.Optional(fields.ActivityTimes, At + "activity_times");
    private readonly JsonPath? _searches = paths.Optional(fields.SearchPatterns, At + "search_patterns");
    private readonly HttpPurchaseMapper? _purchases = fields.PurchaseHistory is { } purchases ? new HttpPurchaseMapper(purchases, paths) : null;
    private readonly KeyValuePair<string, JsonPath>[] _metrics = paths.Map(fields.EngagementMetrics, At + "engagement_metrics");

    public BehaviorPatterns Map(JsonElement user) => new()
    {
        SessionDuration = Session(user),
        PageViews = _pageViews is null ? 0 : JsonValues.Count(_pageViews.First(user)) ?? 0,
        ConversionRate = _conversionRate is not null && JsonValues.Number(_conversionRate.First(user)) is { } rate and >= 0 and <= 1 ? (double)rate : 0,
        PreferredChannels = Texts(_channels, user),
        ActivityTimes = Texts(_times, user),
        SearchPatterns = Texts(_searches, user),
        PurchaseHistory = _purchases?.Map(user),
        EngagementMetrics = HttpFacts.Read(_metrics, user),
    };

    /// <summary>A number counts seconds; a text may have a unit.</summary>
    private TimeSpan Session(JsonElement user) =>
        _sessionDuration is not null
        && ConfigDuration.TryParse(JsonValues.Text(_sessionDuration.First(user)), out var duration)
        && duration <= s_longestSession
            ? duration
            : default;

    private static string[]? Texts(JsonPath? path, JsonElement user) => path is null ? null : JsonValues.Texts(path.Select(user));
}

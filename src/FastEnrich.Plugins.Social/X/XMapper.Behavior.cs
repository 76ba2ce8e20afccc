using System.Text.Json;
using FastEnrich.Plugins.Social.X.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.X;

internal sealed partial class XMapper
{
    private const int MaxActivityTimes = 20;
    private const int HoursOfDay = 24;
    private const int DaysOfWeek = 7;

    private static readonly (string Name, string? NewName, string Fact)[] s_received =
    [
        ("like_count", null, "x_likes_received"),
        ("reply_count", null, "x_replies_received"),
        ("retweet_count", "repost_count", "x_reposts_received"),
        ("quote_count", null, "x_quotes_received"),
        ("bookmark_count", null, "x_bookmarks_received"),
    ];

    private BehaviorPatterns Behavior(XUser user, List<XPostFacts> posts, XConfidence confidence) => new()
    {
        PreferredChannels = PostCount(user) > 0 || posts.Count > 0 ? [Platform] : [],
        ActivityTimes = _activity ? confidence.OfPosts(ActivityTimes(posts)) : [],
        EngagementMetrics = Engagement(user, posts, confidence),
    };

    private static string[] ActivityTimes(List<XPostFacts> posts) =>
        [.. posts.Select(static post => post.CreatedAt).OfType<DateTimeOffset>().Distinct().OrderDescending().Take(MaxActivityTimes).Select(Instant.Format)];

    private IReadOnlyDictionary<string, JsonElement>? Engagement(XUser user, List<XPostFacts> posts, XConfidence confidence)
    {
        var metrics = user.PublicMetrics;
        var facts = new FactsBuilder();
        facts.Add("x_followers", Metric(metrics, "followers_count"));
        facts.Add("x_following", Metric(metrics, "following_count"));
        facts.Add("x_listed", Metric(metrics, "listed_count"));
        facts.Add("x_posts", PostCount(user));
        facts.Add("x_likes_given", Metric(metrics, "like_count"));
        facts.Add("x_media", Metric(metrics, "media_count"));
        if (_engagement)
        {
            AddReceived(facts, [.. posts.Where(static post => post.IsOwn && post.Metrics.ValueKind == JsonValueKind.Object)], confidence);
        }

        var times = _activity ? posts.Select(static post => post.CreatedAt).OfType<DateTimeOffset>().ToList() : [];
        if (times.Count > 0)
        {
            facts.Add("x_posts_by_hour", Histogram(times.Select(static time => time.UtcDateTime.Hour), HoursOfDay));
            facts.Add("x_posts_by_weekday", Histogram(times.Select(static time => ((int)time.UtcDateTime.DayOfWeek + 6) % DaysOfWeek), DaysOfWeek)); // from Monday on, as ISO 8601
        }

        return facts.Build();
    }

    /// <summary>What the user's own posts met with; a repost carries the counts of the post it repeats.</summary>
    private static void AddReceived(FactsBuilder facts, List<XPostFacts> own, XConfidence confidence)
    {
        if (own.Count == 0)
        {
            return;
        }

        facts.Add("x_posts_measured", (long?)own.Count);
        var received = 0L;
        foreach (var (name, newName, fact) in s_received)
        {
            var sum = Sum(own, name, newName);
            received += sum ?? 0;
            facts.Add(fact, sum);
        }

        facts.Add("x_engagement_per_post", confidence.OfPosts<decimal?>(Math.Round((decimal)received / own.Count, 2)));
        var impressions = Sum(own, "impression_count", null);
        facts.Add("x_impressions", impressions);
        if (impressions > 0)
        {
            facts.Add("x_engagement_rate", (decimal?)Math.Round(Math.Min(1, (decimal)received / impressions.Value), 4));
        }
    }

    private static long? Sum(List<XPostFacts> posts, string name, string? newName)
    {
        var counts = posts.Select(post => Metric(post.Metrics, name, newName)).OfType<long>().ToList();
        return counts.Count > 0 ? counts.Sum() : null;
    }

    private static Action<Utf8JsonWriter> Histogram(IEnumerable<int> values, int buckets)
    {
        var counts = new int[buckets];
        foreach (var value in values)
        {
            counts[value]++;
        }

        return writer =>
        {
            writer.WriteStartArray();
            foreach (var count in counts)
            {
                writer.WriteNumberValue(count);
            }

            writer.WriteEndArray();
        };
    }
}

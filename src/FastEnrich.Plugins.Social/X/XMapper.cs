using System.Text.Json;
using FastEnrich.Plugins.Social.X.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Maps a user and what belongs to it. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed partial class XMapper(XOptions options, string source, TimeProvider timeProvider)
{
    private const string Platform = "x";
    private const int ProfileFacts = 5; // what a complete profile delivers: platform, connections, influence, place, age of the account
    private const int FactsPerCapability = 2;

    private readonly bool _interests = options.Capabilities.Contains(XCapability.InterestsExtraction);
    private readonly bool _engagement = options.Capabilities.Contains(XCapability.EngagementMetrics);
    private readonly bool _activity = options.Capabilities.Contains(XCapability.ActivityPatterns);

    /// <summary>Returns how many posts a user made; <see langword="null"/> when X does not say.</summary>
    public static long? PostCount(XUser user) => Metric(user.PublicMetrics, "tweet_count", "post_count");

    public EnrichmentResult Map(XProfile profile)
    {
        var now = timeProvider.GetUtcNow();
        var user = profile.User;
        var posts = (profile.Timeline?.Posts ?? []).Select(static post => new XPostFacts(post)).ToList();
        var confidence = new XConfidence(posts.Count);
        confidence.Expect(ProfileFacts + (FactsPerCapability * options.Capabilities.Distinct().Count()));
        confidence.SeenAt(posts.Select(static post => post.CreatedAt).Max() ?? XJson.Time(user.CreatedAt));
        var enrichment = new UserEnrichment
        {
            Demographics = Demographics(profile, posts, confidence),
            Interests = _interests ? confidence.OfPosts(XInterests.Names(posts, now)) : [],
            SocialConnections = Social(profile, posts, confidence),
            BehaviorPatterns = Behavior(user, posts, confidence),
            ContextualData = Context(user, posts, now, confidence),
            Confidence = confidence.At(now),
            Source = source,
            Timestamp = now,
            Ttl = Lifetimes.SocialMetrics,
        };
        return EnrichmentResult.Found(enrichment, Identities(user));
    }

    private static Dictionary<string, string> Identities(XUser user)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal);
        if (XKeys.Id(user.Id) is { } id)
        {
            identities["x_id"] = id;
        }

        if (XKeys.Username(user.Username) is { } username)
        {
            identities["x_username"] = username;
        }

        return identities;
    }

    /// <summary>Reads a count by its old name or its new one.</summary>
    private static long? Metric(JsonElement metrics, string name, string? newName = null) =>
        XJson.Count(XJson.Member(metrics, name)) ?? (newName is null ? null : XJson.Count(XJson.Member(metrics, newName)));

    private static string? Format(DateTimeOffset? time) => time is { } value ? Instant.Format(value) : null;

    /// <summary>The names carry the platform: a CRM has a <c>created_at</c> of its own, which is another fact.</summary>
    private IReadOnlyDictionary<string, JsonElement>? Context(XUser user, List<XPostFacts> posts, DateTimeOffset now, XConfidence confidence)
    {
        var facts = new FactsBuilder();
        facts.Add("x_username", XKeys.Username(user.Username));
        facts.Add("x_created_at", confidence.Kept(Format(XJson.Time(user.CreatedAt))));
        facts.Add("x_protected", XJson.Flag(user.Protected));
        facts.Add("x_verified", XJson.Flag(user.Verified));
        facts.Add("x_verified_type", XJson.Text(user.VerifiedType));
        facts.Add("x_subscription_type", XJson.Text(user.SubscriptionType));
        facts.Add("x_profile_image_url", XJson.Text(user.ProfileImageUrl));
        AddCounts(facts, "x_languages", posts.Select(static post => post.Language));
        if (_interests)
        {
            AddTopics(facts, XInterests.Topics(posts, now));
        }

        return facts.Build();
    }

    private static void AddCounts(FactsBuilder facts, string name, IEnumerable<string?> values)
    {
        var counts = values
            .OfType<string>()
            .CountBy(static value => value)
            .OrderByDescending(static pair => pair.Value)
            .ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        if (counts.Count == 0)
        {
            return;
        }

        facts.Add(name, writer =>
        {
            writer.WriteStartObject();
            counts.ForEach(pair => writer.WriteNumber(pair.Key, pair.Value));
            writer.WriteEndObject();
        });
    }

    private static void AddTopics(FactsBuilder facts, IReadOnlyList<XTopic> topics)
    {
        if (topics.Count == 0)
        {
            return;
        }

        facts.Add("x_topics", writer =>
        {
            writer.WriteStartArray();
            foreach (var topic in topics)
            {
                writer.WriteStartObject();
                writer.WriteString("name", topic.Name);
                writer.WriteString("entity_id", topic.EntityId);
                writer.WriteStartArray("domains");
                foreach (var (id, name) in topic.Domains)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", id);
                    writer.WriteString("name", name);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteNumber("posts", topic.Posts);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}

using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Maps a user and the edges read with it. Thread-safe. A value that cannot be what it should be drops its fact, never the user.</summary>
internal sealed partial class FacebookMapper(FacebookOptions options, string source, TimeProvider timeProvider)
{
    private const int MaxInterests = 100;
    private const int MaxCategories = 20;
    private const int ExpectedFacts = 9; // age, gender, city, country, interests, connections, interactions, activity, engagement: what today's permissions can bring

    private static readonly string[] s_preferences = ["sports", "favorite_teams", "favorite_athletes", "inspirational_people"];

    public static TimeSpan Lifetime => Lifetimes.FacebookProfile;

    public EnrichmentResult Map(FacebookMember member)
    {
        var now = timeProvider.GetUtcNow();
        var user = member.User;
        var posts = new FacebookPosts(member.Posts!.Members);
        var confidence = new Confidence();
        confidence.Expect(ExpectedFacts);
        confidence.SeenAt(posts.Times.Count > 0 ? posts.Times[0] : null);
        var enrichment = new UserEnrichment
        {
            Demographics = Demographics(user, DateOnly.FromDateTime(now.UtcDateTime), confidence),
            Interests = confidence.Kept(Interests(user, member.Likes!)),
            SocialConnections = Social(user, posts, confidence),
            BehaviorPatterns = Behavior(posts, confidence),
            ContextualData = Context(user, member.Likes!, confidence),
            Confidence = confidence.At(now),
            Source = source,
            Timestamp = now,
            Ttl = Lifetime,
        };
        var identities = new Dictionary<string, string>(StringComparer.Ordinal) { ["facebook_id"] = user.Text("id")! };
        return EnrichmentResult.Found(enrichment, identities, member is { ETag: { } tag, HasPages: false } ? $"{Day(now)} {tag}" : null);
    }

    /// <summary>Returns the ETag of a result that was mapped today: an older one is mapped anew, since ages and confidences change while the user's node does not.</summary>
    public string? ValidatorOf(PreviousResult? previous)
    {
        var today = $"{Day(timeProvider.GetUtcNow())} ";
        return previous?.Validator is { } validator && validator.StartsWith(today, StringComparison.Ordinal) ? validator[today.Length..] : null;
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>What somebody names in the profile comes before what they merely liked once.</summary>
    private static string[] Interests(FacebookNode user, FacebookEdge likes) =>
    [
        .. s_preferences.SelectMany(user.Names)
            .Concat(likes.Members.Select(static page => page.Text("name")).OfType<string>())
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxInterests),
    ];

    private IReadOnlyDictionary<string, JsonElement>? Context(FacebookNode user, FacebookEdge likes, Confidence confidence)
    {
        var facts = new FactsBuilder();
        facts.Add("company", confidence.Kept(user.Nodes("work").FirstOrDefault().Node("employer").Text("name")));
        facts.Add("profile_url", user.Text("link"));
        facts.Add("app_installed", Flag(user, "installed"));
        AddList(facts, "languages", confidence.Kept(user.Names("languages").Distinct(StringComparer.OrdinalIgnoreCase).ToArray()));
        AddList(facts, "like_categories", Categories(likes));
        foreach (var (name, field) in options.ContextualFields)
        {
            facts.Add(name, confidence.Kept(user.Scalar(field)));
        }

        return facts.Build();
    }

    /// <summary>The kinds of page liked most often, which say more of somebody than any single page.</summary>
    private static string[] Categories(FacebookEdge likes) =>
    [
        .. likes.Members.Select(static page => page.Text("category")).OfType<string>()
            .GroupBy(static category => category, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => group.Key)
            .Take(MaxCategories),
    ];

    private static bool? Flag(FacebookNode user, string name) => user[name].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static void AddList(FactsBuilder facts, string name, string[]? values)
    {
        if (values is { Length: > 0 })
        {
            facts.Add(name, writer =>
            {
                writer.WriteStartArray();
                foreach (var value in values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
            });
        }
    }
}

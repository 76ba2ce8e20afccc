using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

internal sealed partial class FacebookMapper
{
    private const int MaxActivityTimes = 20;
    private const string Channel = "facebook";

    /// <summary>The list of friends holds those who use the app as well; the total counts them all.</summary>
    private static SocialConnections Social(FacebookNode user, FacebookPosts posts, Confidence confidence) => new()
    {
        Platforms = [Channel],
        Connections = confidence.Kept(user.Node("friends").Node("summary").Count("total_count")) ?? 0,
        Influence = posts.MeanReactions ?? 0, // how many people a post moves
        Interactions = confidence.Derived(Interactions(posts)),
    };

    private static BehaviorPatterns Behavior(FacebookPosts posts, Confidence confidence) => new()
    {
        PreferredChannels = posts.Times.Count > 0 ? [Channel] : [],
        ActivityTimes = confidence.Derived(posts.Times.Take(MaxActivityTimes).Select(Instant.Format).ToArray()),
        EngagementMetrics = confidence.Derived(Engagement(posts)),
    };

    private static IReadOnlyDictionary<string, JsonElement>? Interactions(FacebookPosts posts)
    {
        var facts = new FactsBuilder();
        facts.Add("reactions", posts.Reactions);
        facts.Add("comments", posts.Comments);
        facts.Add("shares", posts.Shares);
        return facts.Build();
    }

    private static IReadOnlyDictionary<string, JsonElement>? Engagement(FacebookPosts posts)
    {
        var facts = new FactsBuilder();
        if (posts.Count > 0)
        {
            facts.Add("posts", (long?)posts.Count);
            facts.Add("reactions_per_post", Mean(posts.Reactions, posts.Count));
            facts.Add("comments_per_post", Mean(posts.Comments, posts.Count));
            facts.Add("shares_per_post", Mean(posts.Shares, posts.Count));
            facts.Add("last_post_at", posts.Times.Count > 0 ? Instant.Format(posts.Times[0]) : null);
        }

        return facts.Build();
    }

    private static decimal? Mean(long? sum, int count) => sum is { } total ? Math.Round((decimal)total / count, 2) : null;
}

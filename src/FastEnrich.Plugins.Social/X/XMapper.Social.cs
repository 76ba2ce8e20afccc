using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.X;

internal sealed partial class XMapper
{
    private const int MaxCommunities = 100;

    private SocialConnections Social(XProfile profile, List<XPostFacts> posts, XConfidence confidence)
    {
        var metrics = profile.User.PublicMetrics;
        var (followers, following) = (Metric(metrics, "followers_count"), Metric(metrics, "following_count"));
        return new SocialConnections
        {
            Platforms = confidence.Kept<string[]>([Platform]),
            Connections = confidence.Kept<long?>(followers is null && following is null ? null : (followers ?? 0) + (following ?? 0)) ?? 0,
            Influence = confidence.Kept(followers) ?? 0, // in followers, as the CRMs that count X's followers have it
            Communities = confidence.Kept<string[]>([.. (profile.Lists ?? []).Take(MaxCommunities)]),
            Interactions = _activity ? confidence.OfPosts(Interactions(posts)) : null,
        };
    }

    private static IReadOnlyDictionary<string, JsonElement>? Interactions(List<XPostFacts> posts)
    {
        var facts = new FactsBuilder();
        facts.Add("x_replies", Some(posts.Count(static post => post.References.Contains("replied_to"))));
        facts.Add("x_reposts", Some(posts.Count(static post => !post.IsOwn)));
        facts.Add("x_quotes", Some(posts.Count(static post => post.References.Contains("quoted"))));
        facts.Add("x_mentions", Some(posts.Where(static post => post.IsOwn).Sum(static post => XJson.Items(XJson.Member(post.Post.Entities, "mentions")).Count())));
        return facts.Build();
    }

    /// <summary>What did not happen is left out, as everywhere on the wire.</summary>
    private static long? Some(int count) => count > 0 ? count : null;
}

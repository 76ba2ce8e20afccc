using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>A simulated post.</summary>
internal sealed record XSimulatedPost(
    string Id, DateTimeOffset CreatedAt, string Language, string? Interest, string? Hashtag, string? Reference, bool MentionsSomebody, bool IsTagged,
    int Likes, int Replies, int Reposts, int Quotes, int Bookmarks, int Impressions)
{
    private const int MostPosts = 130; // more than a page
    private const long FirstId = 1_700_000_000_000_000_000;

    private static readonly string?[] s_references = [null, null, null, "replied_to", "retweeted", "quoted"];

    /// <summary>Makes a user's posts, newest first: about the user's interests, in the evening mostly.</summary>
    public static IReadOnlyList<XSimulatedPost> Make(SimulatedUser user, SeededRandom random)
    {
        var count = random.Chance(0.1) && user.Index > 0 ? 0 : random.Between(1, MostPosts);
        var day = SimulatedPopulation.Epoch;
        var posts = new List<XSimulatedPost>(count);
        for (var i = 0; i < count; i++)
        {
            day = day.AddDays(-random.Between(0, 3)).AddMinutes(-7);
            posts.Add(One(user, random, i, day));
        }

        return [.. posts.OrderByDescending(static post => post.CreatedAt)];
    }

    private static XSimulatedPost One(SimulatedUser user, SeededRandom random, int number, DateTimeOffset day)
    {
        var interest = user.Interests.Count > 0 && random.Chance(0.7) ? random.Pick(user.Interests) : null;
        var reach = (user.Followers / 4) + 20;
        var impressions = random.Below(reach) + 1;
        var share = impressions / 20;
        return new XSimulatedPost(
            (FirstId + ((long)user.Index << 16) + number).ToString(CultureInfo.InvariantCulture),
            day.AddHours(random.Between(-8, -2)),
            random.Chance(0.85) ? "en" : "es",
            interest,
            interest is not null && random.Chance(0.4) ? interest : null,
            random.Pick(s_references),
            random.Chance(0.2),
            random.Chance(0.2),
            random.Below(share + 1),
            random.Below((share / 4) + 1),
            random.Below((share / 3) + 1),
            random.Below((share / 8) + 1),
            random.Below((share / 8) + 1),
            impressions);
    }
}

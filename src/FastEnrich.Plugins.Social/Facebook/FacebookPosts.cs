using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Sums up the posts that were read. What no post says anything of is unknown, not zero.</summary>
internal sealed class FacebookPosts
{
    public FacebookPosts(IReadOnlyList<FacebookNode> posts)
    {
        Count = posts.Count;
        Times = [.. posts.Select(static post => Instant.Parse(post.Text("created_time"))).OfType<DateTimeOffset>().Distinct().OrderDescending()];
        Reactions = Sum(posts, static post => post.Node("reactions").Node("summary").Count("total_count"));
        Comments = Sum(posts, static post => post.Node("comments").Node("summary").Count("total_count"));
        Shares = Sum(posts, static post => post.Node("shares").Count("count"));
    }

    public int Count { get; }

    /// <summary>Gets when they were written, latest first.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    public long? Reactions { get; }

    public long? Comments { get; }

    public long? Shares { get; }

    public double? MeanReactions => Reactions is { } sum ? Math.Round((double)sum / Count, 2) : null;

    private static long? Sum(IReadOnlyList<FacebookNode> posts, Func<FacebookNode, long?> count)
    {
        long? sum = null;
        foreach (var post in posts)
        {
            sum = count(post) is { } number ? (sum ?? 0) + number : sum; // at most 500 times 10^12
        }

        return sum;
    }
}

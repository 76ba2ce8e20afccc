using System.Text.Json;
using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>What one post says, read once.</summary>
internal sealed class XPostFacts(XPost post)
{
    private const int MaxLanguageLength = 16;

    public XPost Post => post;

    public DateTimeOffset? CreatedAt { get; } = XJson.Time(post.CreatedAt);

    /// <summary>Gets the language; <see langword="null"/> where X could tell none (<c>und</c>, and <c>q..</c> for what is no language).</summary>
    public string? Language { get; } =
        XJson.Text(post.Lang) is { Length: <= MaxLanguageLength } lang && lang != "und" && lang[0] != 'q' && lang.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? lang : null;

    /// <summary>Gets how the post refers to others: <c>replied_to</c>, <c>retweeted</c>, <c>quoted</c>.</summary>
    public IReadOnlyList<string> References { get; } =
    [
        .. XJson.Items(post.ReferencedTweets).Concat(XJson.Items(post.ReferencedPosts)).Select(static reference => XJson.Text(XJson.Member(reference, "type"))).OfType<string>(),
    ];

    /// <summary>Gets whether the post is the user's own and not somebody else's passed on.</summary>
    public bool IsOwn => !References.Contains("retweeted");

    public string? PlaceId { get; } = XJson.Text(XJson.Member(post.Geo, "place_id"));

    public JsonElement Metrics => post.PublicMetrics;
}

using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>A user's latest posts, newest first, and the places that they are tagged with, by id.</summary>
internal sealed record XTimeline(IReadOnlyList<XPost> Posts, IReadOnlyDictionary<string, XPlace> Places)
{
    public static XTimeline Empty { get; } = new([], new Dictionary<string, XPlace>());
}

namespace FastEnrich.Plugins.Social.X;

/// <summary>What the X plugin reads for each user beside the profile. The first three share one timeline call.</summary>
public enum XCapability
{
    /// <summary>Interests, from the topics that X recognises in the user's posts and from their hashtags.</summary>
    InterestsExtraction,

    /// <summary>What the user's posts meet with: likes, replies, reposts, impressions.</summary>
    EngagementMetrics,

    /// <summary>When the user posts, and how often as a reply, a repost or a quote.</summary>
    ActivityPatterns,

    /// <summary>The lists that others put the user on, for a further call that X allows 75 times in 15 minutes.</summary>
    ListMemberships,
}

namespace FastEnrich.Simulators;

/// <summary>How the X simulator behaves. Immutable.</summary>
public sealed record XSimulatorOptions : UpstreamSimulatorOptions
{
    /// <summary>Gets the app-only bearer token, which it takes for ever.</summary>
    /// <value>The default is no secret.</value>
    public string BearerToken { get; init; } = "AAAAAAAAAAAAAAAAAAAAAsimulated-bearer-token";

    /// <summary>Gets how long the access tokens of users live; those of apps do not expire by themselves.</summary>
    /// <value>More than zero. The default is two hours, X's own.</value>
    public TimeSpan UserTokenLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Gets how many lookups of users it takes from a token in 15 minutes, for each endpoint.</summary>
    /// <value>At least 1. The default is 100,000; X's own limit is 300 for an app.</value>
    public int LookupsPerWindow { get; init; } = 100_000;

    /// <summary>Gets how many requests for timelines it takes from a token in 15 minutes.</summary>
    /// <value>At least 1. The default is 100,000; X's own limit is 10,000 for an app.</value>
    public int TimelinesPerWindow { get; init; } = 100_000;

    /// <summary>Gets how many requests for list memberships it takes from a token in 15 minutes.</summary>
    /// <value>At least 1. The default is 100,000; X's own limit is 75.</value>
    public int ListsPerWindow { get; init; } = 100_000;

    /// <summary>Gets how many posts may be read before the month's cap is reached.</summary>
    /// <value>Zero or more. The default is 1,000,000,000; X's own cap is 3,000,000.</value>
    public long PostCap { get; init; } = 1_000_000_000;

    /// <summary>Gets whether it speaks of posts where the older vocabulary has tweets: <c>post.fields</c>, <c>repost_count</c>, <c>referenced_posts</c>.</summary>
    /// <value>The default is <see langword="false"/>. Either vocabulary refuses the other's parameters.</value>
    public bool NewVocabulary { get; init; }
}

namespace FastEnrich.Plugins.Social.X;

/// <summary>How the X plugin reaches the API, finds users there and what it reads of them. Section <c>plugins.x.config</c>.</summary>
/// <remarks>
/// Credentials are one of three: <see cref="BearerToken"/>; <see cref="ClientId"/> and <see cref="ClientSecret"/> for a bearer token of the app's own; or, to act for a user,
/// <see cref="ClientId"/> and <see cref="RefreshToken"/>.
/// </remarks>
public sealed partial record XOptions
{
    /// <summary>Gets the API's base address.</summary>
    /// <value>https, or http to this machine. The default is X's own.</value>
    [ConfigProperty(Description = "API base URL", Pattern = "^https?://")]
    public string ApiUrl { get; init; } = "https://api.x.com";

    /// <summary>Gets whether <see cref="ApiUrl"/> may be plain http on a host that is not loopback: tokens then travel in the open.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http is allowed beyond loopback")]
    public bool AllowHttp { get; init; }

    /// <summary>Gets the app-only bearer token.</summary>
    /// <value>Visible ASCII characters without blanks; <see langword="null"/>, the default, for one of the other two ways.</value>
    [ConfigProperty(Description = "App-only bearer token; or give client_id with client_secret or refresh_token", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? BearerToken { get; init; }

    /// <summary>Gets the app's API key or, with <see cref="RefreshToken"/>, its OAuth 2.0 client id.</summary>
    [ConfigProperty(Description = "API key; with refresh_token, the OAuth 2.0 client id", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? ClientId { get; init; }

    /// <summary>Gets the secret of <see cref="ClientId"/>.</summary>
    /// <value><see langword="null"/>, the default, for a public client.</value>
    [ConfigProperty(Description = "Secret of client_id", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? ClientSecret { get; init; }

    /// <summary>Gets the refresh token that a user granted; X gives a new one with each access token, which is kept in memory only.</summary>
    [ConfigProperty(Description = "OAuth 2.0 refresh token of a user, granted with users.read, tweet.read, list.read and offline.access", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? RefreshToken { get; init; }

    /// <summary>Gets what users are looked up by.</summary>
    /// <value><c>username</c>, the default: the identity <c>x_username</c>. <c>id</c>: the identity <c>x_id</c>. A user without it is skipped.</value>
    [ConfigProperty(Description = "What users are looked up by: the identity x_username, or x_id", Enum = ["username", "id"])]
    public string LookupBy { get; init; } = "username";

    /// <summary>Gets whether our user ids are X's own: the user id itself is the username or id, and no identity is needed.</summary>
    /// <value>The default is <see langword="false"/>: a number of ours is somebody else's on X.</value>
    [ConfigProperty(Description = "Whether user ids are themselves X's usernames or ids")]
    public bool UseUserId { get; init; }

    /// <summary>Gets what is read of each user beside the profile.</summary>
    /// <value>The default is all but the lists. Without the first three no timeline is read.</value>
    [ConfigProperty(Description = "What is read of each user beside the profile; the first three share one call, list_memberships is a further one")]
    public IReadOnlyList<XCapability> Capabilities { get; init; } = [XCapability.InterestsExtraction, XCapability.EngagementMetrics, XCapability.ActivityPatterns];

    /// <summary>Gets how many of the latest posts are read of each user.</summary>
    /// <value>From 5 to 800. The default is 20: each post costs money, and each hundred beyond the first is a further call.</value>
    [ConfigProperty(Description = "Posts to read of each user; each is paid for, and each hundred beyond the first is a further call", Minimum = 5, Maximum = 800)]
    public int MaxPosts { get; init; } = 20;

    /// <summary>Gets the name of the parameter that chooses the fields of posts, and with it the vocabulary of the API's version.</summary>
    /// <value><c>tweet.fields</c>, the default, or <c>post.fields</c>, as X names it from version 2.167 of its specification on.</value>
    [ConfigProperty(Description = "How the API names the fields of posts", Enum = ["tweet.fields", "post.fields"])]
    public string PostFieldsParameter { get; init; } = "tweet.fields";

    /// <summary>Gets how long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 30.</value>
    [ConfigProperty(Description = "Request timeout in seconds", Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    /// <summary>Gets how many lookups a second may be started, each for up to 100 users.</summary>
    /// <value>More than zero. The default is 10; X's own limits are kept to apart from it, as X announces them.</value>
    [ConfigProperty(Description = "Lookups per second, each for up to 100 users", Minimum = 0.1, Maximum = 100000)]
    public double RateLimit { get; init; } = 10;
}

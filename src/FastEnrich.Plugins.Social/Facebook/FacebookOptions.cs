namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>How the Facebook plugin reaches the Graph API, where users' tokens come from and what is read. Section <c>plugins.facebook.config</c>.</summary>
public sealed partial record FacebookOptions
{
    /// <summary>Gets the API's base address.</summary>
    /// <value>https, or http to this machine. The default is Facebook's own.</value>
    [ConfigProperty(Description = "Graph API base URL", Pattern = "^https?://")]
    public string ApiUrl { get; init; } = "https://graph.facebook.com";

    /// <summary>Gets the API's version, the first segment of each path.</summary>
    /// <value>The default is <c>v25.0</c>; empty for the oldest that Facebook still serves to the app.</value>
    [ConfigProperty(Description = "Graph API version such as v25.0; empty for the oldest one that the app may use", Pattern = @"^(v[0-9]{1,3}\.[0-9]{1,2})?$")]
    public string Version { get; init; } = "v25.0";

    /// <summary>Gets the app's id.</summary>
    /// <value>
    /// Digits. With <see cref="AppSecret"/> it makes the app's own token, for health checks and as a batch's token
    /// beside those of its members; empty, the default, for neither.
    /// </value>
    [ConfigProperty(Description = "App id; with app_secret it makes the app's own token for health checks and batches", Pattern = "^[0-9]{0,20}$")]
    public string AppId { get; init; } = "";

    /// <summary>Gets the app's secret, which proves with every call that it comes from the app's own server.</summary>
    /// <value>Empty, the default, sends no proof; apps that require it refuse such calls.</value>
    [ConfigProperty(Description = "App secret for appsecret_proof; empty sends no proof", Sensitive = true, Pattern = "^[!-~]*$")]
    public string AppSecret { get; init; } = "";

    /// <summary>Gets the one token that all users are read with: of a page or a system user.</summary>
    /// <value>Visible ASCII characters without blanks. Empty, the default, when each user has a token of their own.</value>
    [ConfigProperty(Description = "One token for all users, of a page or a system user; empty when each user has their own", Sensitive = true, Pattern = "^[!-~]*$")]
    public string AccessToken { get; init; } = "";

    /// <summary>Gets the endpoint of the operator's own that hands out users' tokens.</summary>
    /// <value>https, or http to this machine; empty, the default, for the host's <see cref="ITokenSource"/>.</value>
    [ConfigProperty(Description = "The operator's own endpoint that hands out users' tokens; empty for none", Pattern = "^(https?://.+)?$")]
    public string TokenUrl { get; init; } = "";

    /// <summary>Gets the bearer token that <see cref="TokenUrl"/> is asked with.</summary>
    /// <value>Visible ASCII characters without blanks. Empty, the default, sends none.</value>
    [ConfigProperty(Description = "Bearer token for token_url", Sensitive = true, Pattern = "^[!-~]*$")]
    public string TokenUrlKey { get; init; } = "";

    /// <summary>Gets what users are looked up by.</summary>
    /// <value>
    /// <c>id</c>, the default: the identity <c>facebook_id</c>, else the user id, is the user's id on Facebook.
    /// <c>token</c>: whoever the user's own token belongs to, so that no id is needed; not with one token for all.
    /// </value>
    [ConfigProperty(Description = "What users are looked up by: id, or the owner of the user's own token", Enum = ["id", "token"])]
    public string LookupBy { get; init; } = "id";

    /// <summary>Gets what is read beside the profile, each for a larger answer and a larger share of the app's limits.</summary>
    /// <value>The default is all but <see cref="FacebookCapability.Work"/>.</value>
    [ConfigProperty(Description = "What is read beside the profile: likes, friends, posts, work")]
    public IReadOnlyList<FacebookCapability> Capabilities { get; init; } = [FacebookCapability.Likes, FacebookCapability.Friends, FacebookCapability.Posts];

    /// <summary>Gets how many of the latest likes are read.</summary>
    /// <value>From 1 to 500. The default is 100, one page; each further hundred is a further call.</value>
    [ConfigProperty(Description = "Likes to read; each hundred beyond the first is a further call", Minimum = 1, Maximum = 500)]
    public int MaxLikes { get; init; } = 100;

    /// <summary>Gets how many of the latest posts are read.</summary>
    /// <value>From 1 to 500. The default is 25, enough for a mean; each hundred beyond the first is a further call.</value>
    [ConfigProperty(Description = "Posts to read; each hundred beyond the first is a further call", Minimum = 1, Maximum = 500)]
    public int MaxPosts { get; init; } = 25;

    /// <summary>Gets further fields of the user to deliver, by the name they get in <c>contextual_data</c>.</summary>
    /// <value>Fields that hold a text, a number or a flag. The default is empty.</value>
    [ConfigProperty(Description = "Further fields of the user, by the name they get in contextual_data", Pattern = "^[a-z][a-z0-9_]{0,63}$")]
    public IReadOnlyDictionary<string, string> ContextualFields { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets how long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 30.</value>
    [ConfigProperty(Description = "Request timeout in seconds", Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    /// <summary>Gets how many requests a second may be sent.</summary>
    /// <value>More than zero. The default is 10; a batch is one request, which Facebook counts as a call for each user.</value>
    [ConfigProperty(Description = "Requests per second; a batch is one request", Minimum = 0.1, Maximum = 100000)]
    public double RateLimit { get; init; } = 10;

    /// <summary>Gets whether tokens and users' data may travel over plain http to other machines.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http to other machines is allowed")]
    public bool AllowHttp { get; init; }
}

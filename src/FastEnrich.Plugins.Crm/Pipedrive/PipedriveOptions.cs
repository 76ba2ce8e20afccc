namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>How the Pipedrive plugin reaches its account, finds persons there and reads them. Section <c>plugins.pipedrive.config</c>.</summary>
/// <remarks>Either <see cref="ApiKey"/> or all of <see cref="ClientId"/>, <see cref="ClientSecret"/> and <see cref="RefreshToken"/> must be given.</remarks>
public sealed partial record PipedriveOptions
{
    /// <summary>Gets the API's base address.</summary>
    /// <value>The default is Pipedrive's own; with OAuth, the default gives way to the <c>api_domain</c> that comes with the token.</value>
    [ConfigProperty(Description = "API base URL: Pipedrive's own, or https://{company}.pipedrive.com", Pattern = "^https?://")]
    public string ApiUrl { get; init; } = PipedriveApi.DefaultUrl;

    /// <summary>Gets whether <see cref="ApiUrl"/> and <see cref="TokenUrl"/> may be plain http on a host that is not loopback: credentials then travel in the open.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http is allowed beyond loopback")]
    public bool AllowHttp { get; init; }

    /// <summary>Gets the path of version 2 of the API.</summary>
    /// <value>The default is <c>/api/v2</c>.</value>
    [ConfigProperty(Description = "Path of version 2 of the API", Pattern = "^/[A-Za-z0-9/_-]+$")]
    public string PathPrefix { get; init; } = "/api/v2";

    /// <summary>Gets the path of version 1 of the API, which alone can say whose token it is.</summary>
    /// <value>The default is <c>/v1</c>.</value>
    [ConfigProperty(Description = "Path of version 1 of the API, asked for the token's user alone", Pattern = "^/[A-Za-z0-9/_-]+$")]
    public string LegacyPathPrefix { get; init; } = "/v1";

    /// <summary>Gets a user's personal API token, sent as <c>x-api-token</c>.</summary>
    /// <value>Visible ASCII characters without blanks; <see langword="null"/>, the default, for OAuth.</value>
    [ConfigProperty(Description = "Personal API token; or give client_id, client_secret and refresh_token", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? ApiKey { get; init; }

    /// <summary>Gets the OAuth application's id.</summary>
    [ConfigProperty(Description = "OAuth client id", Pattern = "^[!-~]+$")]
    public string? ClientId { get; init; }

    /// <summary>Gets the OAuth application's secret.</summary>
    [ConfigProperty(Description = "OAuth client secret", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? ClientSecret { get; init; }

    /// <summary>Gets the refresh token that the OAuth application was granted; a newer one from an answer takes its place, in memory only.</summary>
    [ConfigProperty(Description = "OAuth refresh token, granted with the scopes of docs/plugins/pipedrive.md", Sensitive = true, Pattern = "^[!-~]+$")]
    public string? RefreshToken { get; init; }

    /// <summary>Gets the address that OAuth tokens come from.</summary>
    /// <value>The default is Pipedrive's own.</value>
    [ConfigProperty(Description = "OAuth token endpoint", Pattern = "^https?://")]
    public string TokenUrl { get; init; } = "https://oauth.pipedrive.com/oauth/token";

    /// <summary>Gets how long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 30.</value>
    [ConfigProperty(Description = "Request timeout in seconds", Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    /// <summary>Gets what persons are looked up by.</summary>
    /// <value>
    /// <c>id</c>, the default: the identity <c>pipedrive_id</c>, else the user id, is the person's id (1 token).
    /// <c>email</c>: the identity <c>email</c>, else the user id (21 tokens).
    /// Anything else is the 40-digit key of a searchable custom field that holds the user id (21 tokens).
    /// </value>
    [ConfigProperty(Description = "What persons are looked up by: id, email, or the 40-digit key of a custom field that holds the user id", Pattern = "^(id|email|[0-9a-f]{40})$")]
    public string LookupBy { get; init; } = "id";

    /// <summary>Gets what is read besides the person.</summary>
    /// <value>The default is everything; what is left out costs nothing and stays empty.</value>
    [ConfigProperty(Description = "What is read besides the person, each for API tokens of its own")]
    public IReadOnlyList<PipedriveCapability> Capabilities { get; init; } =
        [PipedriveCapability.Deals, PipedriveCapability.Products, PipedriveCapability.Activities, PipedriveCapability.Organizations];

    /// <summary>Gets the keys of custom person fields by what they hold.</summary>
    /// <value>
    /// Names with a place of their own: <c>gender</c>, <c>education</c>, <c>income</c>, <c>marital_status</c>, <c>occupation</c>, <c>interests</c>, <c>lead_score</c>,
    /// <c>lifecycle_stage</c>, <c>x_username</c>, <c>facebook_id</c>. Any other is delivered in <c>contextual_data</c> under that name. The default is empty.
    /// </value>
    [ConfigProperty(
        Description = "Keys of custom person fields by what they hold: gender, education, income, marital_status, occupation, interests, "
            + "lead_score, lifecycle_stage, x_username, facebook_id, or a name in contextual_data",
        Pattern = "^[0-9a-f]{40}$")]
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the key of the custom deal field that names the product of deals without products.</summary>
    /// <value>Empty, the default, for the deal's own id.</value>
    [ConfigProperty(Description = "Key of the custom deal field that names the product; empty for the deal's id", Pattern = "^([0-9a-f]{40})?$")]
    public string DealProductField { get; init; } = "";

    /// <summary>Gets the key of the custom deal field that names the category.</summary>
    /// <value>Empty, the default, for the name of the pipeline.</value>
    [ConfigProperty(Description = "Key of the custom deal field that names the category; empty for the pipeline's name", Pattern = "^([0-9a-f]{40})?$")]
    public string DealCategoryField { get; init; } = "";

    /// <summary>Gets how many requests a second may be sent.</summary>
    /// <value>From 0.1 to 100,000. The default is 10, the limit of an API token on Pipedrive's smallest plan (20 in 2 seconds).</value>
    [ConfigProperty(Description = "Requests per second", Minimum = 0.1, Maximum = 100000)]
    public double RateLimit { get; init; } = 10;
}

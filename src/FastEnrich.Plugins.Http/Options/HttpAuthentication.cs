namespace FastEnrich.Plugins.Http;

/// <summary>How the plugin proves who it is, and with what.</summary>
public sealed partial record HttpAuthentication
{
    private const string Visible = "^[!-~]+$";

    /// <summary>Gets the kind; each has its own of the other options.</summary>
    [ConfigProperty(Description = "none, bearer (token), basic (username, password), api_key (header, key) or oauth (token_url, client_id, client_secret, scope)")]
    public HttpAuthenticationKind Kind { get; init; }

    /// <summary>Gets the bearer token.</summary>
    [ConfigProperty(Description = "Bearer token", Sensitive = true, Pattern = Visible)]
    public string? Token { get; init; }

    /// <summary>Gets the name for basic authentication.</summary>
    [ConfigProperty(Description = "Name for basic authentication, without a colon", Pattern = "^[ -9;-~]+$")]
    public string? Username { get; init; }

    /// <summary>Gets the password for basic authentication.</summary>
    [ConfigProperty(Description = "Password for basic authentication", Sensitive = true)]
    public string? Password { get; init; }

    /// <summary>Gets the header that holds the key.</summary>
    /// <value>The default is <c>X-Api-Key</c>.</value>
    [ConfigProperty(Description = "Header that holds the key", Pattern = "^[A-Za-z0-9-]{1,64}$")]
    public string Header { get; init; } = "X-Api-Key";

    /// <summary>Gets the key.</summary>
    [ConfigProperty(Description = "Key", Sensitive = true, Pattern = Visible)]
    public string? Key { get; init; }

    /// <summary>Gets the address that OAuth tokens come from.</summary>
    [ConfigProperty(Description = "OAuth token endpoint", Pattern = HttpOptions.UrlPattern)]
    public string? TokenUrl { get; init; }

    /// <summary>Gets the OAuth application's id.</summary>
    [ConfigProperty(Description = "OAuth client id", Pattern = Visible)]
    public string? ClientId { get; init; }

    /// <summary>Gets the OAuth application's secret.</summary>
    [ConfigProperty(Description = "OAuth client secret", Sensitive = true, Pattern = Visible)]
    public string? ClientSecret { get; init; }

    /// <summary>Gets the scopes to ask for, separated by blanks.</summary>
    [ConfigProperty(Description = "OAuth scopes, separated by blanks", Pattern = "^[ -~]+$")]
    public string? Scope { get; init; }
}

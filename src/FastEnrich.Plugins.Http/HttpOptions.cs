namespace FastEnrich.Plugins.Http;

/// <summary>What to ask, and which value of the answer is which field. Section <c>plugins.http.config</c>; the reference is <c>docs/plugins/http.md</c>.</summary>
public sealed partial record HttpOptions
{
    internal const string PathPattern = """^\$(\.[A-Za-z_][A-Za-z0-9_-]*|\[[0-9]{1,6}\]|\[\*\]|\['[^']{1,100}'\]|\["[^"]{1,100}"\]){0,16}$""";
    internal const string UrlPattern = """^https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?(/[^\s#\\]*)?(\?[^\s#\\]*)?$""";

    /// <summary>Gets the address of one user, with placeholders.</summary>
    /// <value>http or https; placeholders <c>{user_id}</c> and <c>{identity:name}</c> in segments of the path and in values of the query only.</value>
    [ConfigProperty(Description = "Address of one user; {user_id} and {identity:name} stand in path segments and query values only", Pattern = UrlPattern)]
    public required string Url { get; init; }

    /// <summary>Gets the method.</summary>
    /// <value>The default is GET.</value>
    [ConfigProperty(Description = "Method: get or post")]
    public HttpVerb Method { get; init; }

    /// <summary>Gets the headers to send, by name.</summary>
    /// <value>Visible ASCII characters and blanks; no placeholders. The default is none.</value>
    [ConfigProperty(Description = "Headers to send; their values are secret", Sensitive = true, Pattern = "^[ -~]{0,8192}$")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the body of a POST, with placeholders inside JSON texts or values of a form.</summary>
    [ConfigProperty(Description = "Body of a POST: JSON with placeholders inside its texts, or a form with placeholders in its values")]
    public string? Body { get; init; }

    /// <summary>Gets what the body is.</summary>
    /// <value>The default is JSON.</value>
    [ConfigProperty(Description = "What the body is: json or form")]
    public HttpBodyFormat BodyFormat { get; init; }

    /// <summary>Gets how the plugin proves who it is.</summary>
    [ConfigProperty(Description = "How the plugin proves who it is")]
    public HttpAuthentication? Authentication { get; init; }

    /// <summary>Gets what a user must have to be asked for, and what batches are told apart by.</summary>
    /// <value><c>user_id</c>, the default, or the name of an identity.</value>
    [ConfigProperty(
        Description = "What a user must have to be asked for",
        Enum = ["user_id", "email", "hubspot_id", "salesforce_id", "pipedrive_id", "x_username", "x_id", "facebook_id"])]
    public string LookupBy { get; init; } = "user_id";

    /// <summary>Gets where the user stands in the answer; a user that stands nowhere is not found.</summary>
    /// <value>A JSON path. The default is the whole answer.</value>
    [ConfigProperty(Description = "JSON path of the user in the answer; nothing there, null or an empty object or list means not found", Pattern = PathPattern)]
    public string Result { get; init; } = "$";

    /// <summary>Gets which value is which field, by JSON paths from the user on.</summary>
    [ConfigProperty(Description = "Which value is which field, by JSON paths from the user on")]
    public required HttpFields Fields { get; init; }

    /// <summary>Gets the statuses that mean that the user is not known.</summary>
    /// <value>The default is 404 and 410.</value>
    [ConfigProperty(Description = "Statuses that mean that the user is not known", Minimum = 200, Maximum = 499)]
    public IReadOnlyList<int> NotFoundStatuses { get; init; } = [404, 410];

    /// <summary>Gets how many users are asked for with one request, and how.</summary>
    /// <value><see langword="null"/>, the default, asks for each user alone.</value>
    [ConfigProperty(Description = "How several users are asked for with one request")]
    public HttpBatchOptions? Batch { get; init; }

    /// <summary>Gets how long a result is fresh.</summary>
    /// <value>From 0 to 30 days; <see langword="null"/>, the default, leaves it to the engine.</value>
    [ConfigProperty(Description = "How long a result is fresh; the engine's cache_ttl when absent", Minimum = 0, Maximum = 2592000)]
    public TimeSpan? Ttl { get; init; }

    /// <summary>Gets whether <c>Cache-Control</c> of an answer says how long it is fresh; <see cref="Ttl"/> counts where it says nothing.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether Cache-Control says how long an answer is fresh")]
    public bool UseCacheControl { get; init; }

    /// <summary>Gets whether an answer's ETag makes the next request for the user conditional.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    [ConfigProperty(Description = "Whether an ETag makes the next request conditional")]
    public bool UseEtag { get; init; } = true;

    /// <summary>Gets how far results can be trusted.</summary>
    /// <value>From 0 to 1. The default is 0.7.</value>
    [ConfigProperty(Description = "How far results can be trusted, 0 to 1", Minimum = 0, Maximum = 1)]
    public double Confidence { get; init; } = 0.7;

    /// <summary>Gets the address that health is asked of.</summary>
    /// <value>Without placeholders; <see langword="null"/>, the default, leaves the verdict to the engine.</value>
    [ConfigProperty(Description = "Address that health is asked of, without placeholders", Pattern = UrlPattern)]
    public string? HealthUrl { get; init; }

    /// <summary>Gets how long one request may take, in seconds.</summary>
    /// <value>From 1 to 300. The default is 30.</value>
    [ConfigProperty(Description = "Request timeout in seconds", Minimum = 1, Maximum = 300)]
    public int Timeout { get; init; } = 30;

    /// <summary>Gets how many requests a second may be sent.</summary>
    /// <value>More than zero; <see langword="null"/>, the default, for no limit.</value>
    [ConfigProperty(Description = "Requests per second; no limit when absent", Minimum = 0.1, Maximum = 100000)]
    public double? RateLimit { get; init; }

    /// <summary>Gets the largest answer that is read.</summary>
    /// <value>From 1 to 4,194,304 bytes. The default is 1 MiB.</value>
    [ConfigProperty(Description = "Largest answer in bytes", Minimum = 1, Maximum = 4194304)]
    public int MaxBody { get; init; } = 1024 * 1024;

    /// <summary>Gets whether plain http is allowed to a host that is not loopback: credentials and users' data then travel in the open.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [ConfigProperty(Description = "Whether plain http is allowed beyond loopback")]
    public bool AllowHttp { get; init; }
}

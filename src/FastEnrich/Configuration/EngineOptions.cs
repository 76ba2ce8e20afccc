namespace FastEnrich;

/// <summary>How the engine caches, waits and retries. Section <c>engine</c> of the configuration; read once, at start.</summary>
public sealed class EngineOptions
{
    /// <summary>Gets or sets how long a caller waits when it names no deadline of its own.</summary>
    /// <value>More than zero, up to 10 minutes. The default is 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the budget of one fetch, retries included, where a plugin sets none.</summary>
    /// <value>More than zero, up to 10 minutes. The default is 5 seconds: half of <see cref="Timeout"/>, so that a plugin that depends on another one still has time.</value>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a result is fresh where neither it nor its plugin says so.</summary>
    /// <value>From zero (this answer only) to 30 days. The default is 30 minutes.</value>
    public TimeSpan CacheTtl { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets how long an old result is served at once while it is fetched anew, counted from the moment it went stale.</summary>
    /// <value>From zero to 30 days; <see langword="null"/>, the default, means as long as <see cref="CacheTtl"/>.</value>
    public TimeSpan? StaleWhileRevalidate { get; set; }

    /// <summary>Gets or sets how long an old result may stand in when its upstream fails, counted from the moment it went stale.</summary>
    /// <value>From zero to 30 days. The default is 24 hours.</value>
    public TimeSpan StaleIfError { get; set; } = TimeSpan.FromHours(24); // RFC 5861; a day outlasts most incidents

    /// <summary>Gets or sets the share of its time after which a fresh result of a user who is read more than once is fetched anew behind the answer, before it expires.</summary>
    /// <value>
    /// From 0 to 1, both of which mean never. The default is 0: with <see cref="StaleWhileRevalidate"/> nobody waits for a result that has just expired, and eager
    /// refreshes cost calls (0.9 up to a ninth more). Set it where stale results are not wanted.
    /// </value>
    public double EagerRefresh { get; set; }

    /// <summary>Gets or sets how long "the upstream does not know the user" is remembered.</summary>
    /// <value>From zero to 30 days. The default is 5 minutes.</value>
    public TimeSpan NegativeTtl { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how long a failed plugin is not asked again for the same user.</summary>
    /// <value>From zero to 10 minutes. The default is 2 seconds.</value>
    public TimeSpan FailureTtl { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how often a retryable failure is retried.</summary>
    /// <value>From 0 to 10. The default is 3.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Gets or sets the first back-off; later ones double, with jitter.</summary>
    /// <value>From zero to 1 minute. The default is 1 second.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long the second tier may take for one read before the engine goes on without it.</summary>
    /// <value>More than zero, up to 10 seconds. The default is 20 milliseconds.</value>
    public TimeSpan L2Timeout { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Gets or sets how long <see cref="IEnrichmentPlugin.ConnectAsync"/> may take.</summary>
    /// <value>More than zero, up to 10 minutes. The default is 10 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how many users a bulk call works on at once, over all bulk calls of the engine.</summary>
    /// <value>From 1 to 65,536. The default is 1,024.</value>
    public int BulkWindow { get; set; } = 1024;

    /// <summary>Gets or sets the directory of external plugins' files, relative to the configuration file.</summary>
    public string? PluginDir { get; set; }

    /// <summary>Gets or sets the file that plugins' usage and reviews are kept in, relative to the configuration file.</summary>
    /// <value><see langword="null"/>, the default, for <c>.registry.json</c> in <see cref="PluginDir"/>; without that nothing is kept.</value>
    public string? RegistryFile { get; set; }

    /// <summary>Gets how the health of plugins is found out.</summary>
    public HealthOptions Health { get; } = new();

    /// <summary>Gets the bounds of the first tier.</summary>
    public L1Options L1 { get; } = new();

    /// <summary>Gets how the second tier is reached.</summary>
    public RedisSettings Redis { get; } = new();
}

using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <summary>How the engine runs one plugin. Section <c>plugins.{name}</c> of the configuration; what lies under <c>config</c> there is the plugin's own.</summary>
public sealed class PluginSettings
{
    /// <summary>Gets or sets whether the plugin runs.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the plugin's rank where results are merged; higher first, then by name.</summary>
    /// <value>The default is 0.</value>
    public int Priority { get; set; }

    /// <summary>Gets or sets the budget of one fetch, retries included.</summary>
    /// <value>More than zero, up to 10 minutes; <see langword="null"/>, the default, means <see cref="EngineOptions.FetchTimeout"/>.</value>
    public TimeSpan? FetchTimeout { get; set; }

    /// <summary>Gets or sets how long a result is fresh where it does not say so itself.</summary>
    /// <value>From zero to 30 days; <see langword="null"/>, the default, means <see cref="EngineOptions.CacheTtl"/>.</value>
    public TimeSpan? CacheTtl { get; set; }

    /// <summary>Gets or sets how long "the upstream does not know the user" is remembered.</summary>
    /// <value>From zero to 30 days; <see langword="null"/>, the default, means <see cref="EngineOptions.NegativeTtl"/>.</value>
    public TimeSpan? NegativeTtl { get; set; }

    /// <summary>Gets or sets how long an old result is served at once while it is fetched anew.</summary>
    /// <value>From zero to 30 days; <see langword="null"/>, the default, means <see cref="EngineOptions.StaleWhileRevalidate"/>.</value>
    public TimeSpan? StaleWhileRevalidate { get; set; }

    /// <summary>Gets or sets how long an old result may stand in when the upstream fails.</summary>
    /// <value>From zero to 30 days; <see langword="null"/>, the default, means <see cref="EngineOptions.StaleIfError"/>.</value>
    public TimeSpan? StaleIfError { get; set; }

    /// <summary>Gets or sets the share of its time after which a fresh result that is read is fetched anew behind.</summary>
    /// <value>From 0 to 1, both of which mean never; <see langword="null"/>, the default, means <see cref="EngineOptions.EagerRefresh"/>.</value>
    public double? EagerRefresh { get; set; }

    /// <summary>Gets or sets how often a retryable failure is retried.</summary>
    /// <value>From 0 to 10; <see langword="null"/>, the default, means <see cref="EngineOptions.MaxRetries"/>.</value>
    public int? MaxRetries { get; set; }

    /// <summary>Gets or sets the first back-off.</summary>
    /// <value>From zero to 1 minute; <see langword="null"/>, the default, means <see cref="EngineOptions.RetryDelay"/>.</value>
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>Gets or sets how many calls to the upstream run at once.</summary>
    /// <value>From 1 to 4,096. The default is 64.</value>
    public int MaxConcurrency { get; set; } = 64;

    /// <summary>Gets or sets how many users wait for a free call before further ones are rejected.</summary>
    /// <value>From 1 to 1,000,000. The default is 1,024.</value>
    public int QueueCapacity { get; set; } = 1024;

    /// <summary>Gets or sets how many requests a second this instance may send to the upstream; the smaller of this and the plugin's own limit holds.</summary>
    /// <value>More than zero; <see langword="null"/>, the default, means no limit of the engine's.</value>
    public double? RateLimit { get; set; }

    /// <summary>Gets or sets how long an idle plugin with a batch endpoint waits for more users.</summary>
    /// <value>From zero (never) to 1 second. The default is 2 milliseconds.</value>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Gets or sets from which level on the plugin's lines are written: its own, and at
    /// <see cref="Microsoft.Extensions.Logging.LogLevel.Debug"/> one for each call of it.
    /// </summary>
    /// <value><see langword="null"/>, the default, leaves it to the host's filters.</value>
    public LogLevel? LogLevel { get; set; }

    /// <summary>Gets or sets the plugin's own options, an instance of its options type.</summary>
    /// <value><see langword="null"/>, the default, for a plugin without options.</value>
    public object? Options
    {
        get;
        set
        {
            field = value;
            ConfigDigest = null;
            ConfigFingerprint = null;
        }
    }

    /// <summary>
    /// Gets or sets what else the plugin's results depend on. Records in the second tier are shared by instances that agree in it,
    /// in the plugin's version and in its options.
    /// </summary>
    /// <value>Any text; <see langword="null"/>, the default, for nothing. Needed where options set in code hold what their <c>ToString</c> does not show, such as lists.</value>
    public string? DataVersion { get; set; }

    /// <summary>Gets or sets what <see cref="Options"/> were read from; whoever replaces those takes it back.</summary>
    internal string? ConfigDigest { get; set; }

    /// <summary>Gets or sets what tells one configuration of <see cref="Options"/> from another, secrets included.</summary>
    internal string? ConfigFingerprint { get; set; }

    internal PluginSettings Copy() => (PluginSettings)MemberwiseClone();
}

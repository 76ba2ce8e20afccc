namespace FastEnrich;

/// <summary>How one plugin is, at one moment.</summary>
public sealed record PluginStatus
{
    /// <summary>Gets the plugin's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the plugin's metadata.</summary>
    public required PluginMetadata Metadata { get; init; }

    /// <summary>Gets whether the plugin runs.</summary>
    public bool Enabled { get; init; }

    /// <summary>Gets whether the plugin has connected.</summary>
    public bool Connected { get; init; }

    /// <summary>Gets whether it is connected, its breaker is closed, not all its calls hang, and it had no error in the last five minutes.</summary>
    public bool Healthy { get; init; }

    /// <summary>Gets whether calls are paused because the upstream keeps failing.</summary>
    public bool BreakerOpen { get; init; }

    /// <summary>Gets how many calls are in flight, hung ones included.</summary>
    public int Running { get; init; }

    /// <summary>Gets how many users wait for a free call.</summary>
    public int Waiting { get; init; }

    /// <summary>Gets how many calls did not return within their budget.</summary>
    public int Hung { get; init; }

    /// <summary>Gets how many calls blocked their thread for 100 ms or longer before their first await.</summary>
    public int Blocked { get; init; }

    /// <summary>Gets how often the plugin got a fresh instance because all its calls hung.</summary>
    public int Replacements { get; init; }

    /// <summary>Gets how many fetches brought an answer.</summary>
    public long Succeeded { get; init; }

    /// <summary>Gets how many fetches failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets how many requests were sent to the upstream, reloads of the plugin included.</summary>
    public long Requests { get; init; }

    /// <summary>Gets how many units of the upstream's own were used, where it bills or budgets some.</summary>
    public long Credits { get; init; }

    /// <summary>Gets how often the plugin was called for several users at once.</summary>
    public long Batches { get; init; }

    /// <summary>Gets how many users those calls were for.</summary>
    public long BatchedUsers { get; init; }

    /// <summary>Gets the last failure.</summary>
    public ProfileError? LastError { get; init; }

    /// <summary>Gets when it was.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }
}

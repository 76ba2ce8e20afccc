namespace FastEnrich;

/// <summary>What an accepted configuration has changed. Immutable.</summary>
public sealed record ReloadReport
{
    /// <summary>Gets the plugins that were started; they connect in the background, as at the start.</summary>
    public IReadOnlyList<string> Started { get; init; } = [];

    /// <summary>Gets the plugins that were stopped.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = [];

    /// <summary>Gets the plugins that run in a new instance; what the old one fetched is not served any more.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <summary>Gets the plugins whose instance goes on with other times.</summary>
    public IReadOnlyList<string> Adjusted { get; init; } = [];

    /// <summary>Gets why plugins go on as they were: their new instance could not connect. The next reload tries again.</summary>
    public IReadOnlyDictionary<string, PluginErrorCode> Failed { get; init; } = new Dictionary<string, PluginErrorCode>(StringComparer.Ordinal);

    /// <summary>Gets the engine's keys whose new values hold from the next start on, such as <c>engine:l1:max_bytes</c>.</summary>
    public IReadOnlyList<string> NeedRestart { get; init; } = [];

    /// <summary>Gets the engine's keys whose new values hold from now on.</summary>
    public IReadOnlyList<string> EngineChanged { get; init; } = [];

    /// <summary>Gets whether the configuration said nothing new.</summary>
    public bool IsEmpty => Started.Count + Stopped.Count + Replaced.Count + Adjusted.Count + Failed.Count + NeedRestart.Count + EngineChanged.Count == 0;
}

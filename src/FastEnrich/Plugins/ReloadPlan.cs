namespace FastEnrich.Plugins;

/// <summary>What a reload is about to do to the plugins of one table.</summary>
internal sealed class ReloadPlan(PluginTable table, Dictionary<string, PluginSettings> configured)
{
    private readonly Lock _lock = new(); // replacements connect at once
    private readonly List<RunningPlugin> _stopped = [];
    private readonly Dictionary<string, PluginErrorCode> _failed = new(StringComparer.Ordinal);

    public Dictionary<string, PluginSettings> Configured { get; } = configured;

    /// <summary>Gets the plugins that the new configuration itself makes known, by name.</summary>
    public IReadOnlyDictionary<string, PluginDescriptor> Declared { get; init; } = new Dictionary<string, PluginDescriptor>();

    public List<(string Name, PluginSettings Settings)> Starts { get; } = [];

    public List<ReloadReplacement> Replacements { get; } = [];

    public List<ReloadReplacement> Succeeded { get; } = [];

    public List<(RunningPlugin Plugin, PluginSettings Settings)> Adjustments { get; } = [];

    /// <summary>Every instance that was made for this change.</summary>
    public List<RunningPlugin> Made { get; } = [];

    /// <summary>The instances that the new table brings.</summary>
    public List<RunningPlugin> Fresh { get; } = [];

    /// <summary>The plugins that go on as they are.</summary>
    public IEnumerable<RunningPlugin> Staying =>
        table.Order.Where(plugin => !_stopped.Contains(plugin) && !Succeeded.Exists(replacement => replacement.Old == plugin));

    /// <summary>The instances that are not in use any more.</summary>
    public IEnumerable<RunningPlugin> Retired =>
        [.. _stopped, .. Succeeded.Select(static replacement => replacement.Old), .. Made.Where(plugin => !Fresh.Contains(plugin))];

    public PluginTable? Table { get; set; }

    public void Start(string name, PluginSettings settings) => Starts.Add((name, settings));

    public void Replace(RunningPlugin running, PluginSettings settings) => Replacements.Add(new ReloadReplacement(running, settings));

    public void Adjust(RunningPlugin running, PluginSettings settings) => Adjustments.Add((running, settings));

    public void Stop(RunningPlugin running) => _stopped.Add(running);

    public PluginDescriptor Describe(PluginDescriptor known) => Declared.GetValueOrDefault(known.Name) ?? known;

    public bool HasFailed(string name) => _failed.ContainsKey(name);

    public RunningPlugin Keep(RunningPlugin made)
    {
        Made.Add(made);
        return made;
    }

    public void Succeed(ReloadReplacement replacement)
    {
        lock (_lock)
        {
            Succeeded.Add(replacement);
            Fresh.Add(replacement.Fresh!);
        }
    }

    public void Fail(ReloadReplacement replacement, PluginErrorCode code)
    {
        lock (_lock)
        {
            _failed[replacement.Old.Name] = code;
        }
    }

    /// <summary>Returns the accepted configuration: for a plugin that goes on as it was, the earlier one, so that the next reload tries again.</summary>
    public Dictionary<string, PluginSettings> Accepted(Dictionary<string, PluginSettings> before)
    {
        var accepted = new Dictionary<string, PluginSettings>(Configured, StringComparer.Ordinal);
        foreach (var name in _failed.Keys)
        {
            if (before.TryGetValue(name, out var settings))
            {
                accepted[name] = settings;
            }
            else
            {
                accepted.Remove(name);
            }
        }

        return accepted;
    }

    public ReloadReport Report(List<string> adjusted, List<string> live, List<string> restart) => new()
    {
        Started = [.. Starts.Select(static start => start.Name)],
        Stopped = [.. _stopped.Select(static plugin => plugin.Name)],
        Replaced = [.. Succeeded.Select(static replacement => replacement.Old.Name).Order(StringComparer.Ordinal)],
        Adjusted = adjusted,
        Failed = _failed,
        EngineChanged = live,
        NeedRestart = restart,
    };
}

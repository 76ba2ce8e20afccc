using FastEnrich.Health;
using FastEnrich.Pipeline;
using FastEnrich.Telemetry;

namespace FastEnrich.Plugins;

/// <summary>One plugin as it runs: its place in the tables, its times, its lane and what is known of its health.</summary>
internal sealed class RunningPlugin
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Lane[] _hungLanes = [];
    private volatile Lane? _lane;
    private volatile bool _connected;
    private volatile PluginPolicy _policy;
    private volatile LiveTraffic _traffic;
    private bool _retired;
    private long _lastErrorAt;
    private long _lastSuccessAt;
    private long _succeeded;
    private long _failed;
    private ProfileError? _lastError;

    public RunningPlugin(
        PluginDescriptor descriptor,
        PluginSettings settings,
        EngineOptions engine,
        IEnrichmentPlugin instance,
        int ordinal,
        int generation,
        EngineTelemetry telemetry)
    {
        Descriptor = descriptor;
        Settings = settings;
        _policy = new PluginPolicy(engine, settings);
        Ordinal = ordinal;
        Generation = generation;
        Telemetry = new PluginTelemetry(telemetry, descriptor.Name);
        _traffic = new LiveTraffic(engine.Health.Window);
        RateLimit = (settings.RateLimit, instance.RateLimit) switch
        {
            ({ } ours, { } theirs) => Math.Min(ours, theirs),
            var (ours, theirs) => ours ?? theirs,
        };
        var lookups = instance.LookupIdentities;
        Needs = [.. descriptor.Needs.Where(need => lookups is null || lookups.Contains(need.Name)).OrderBy(static need => need.Name, StringComparer.Ordinal)];
        var provided = instance.ProvidedIdentities;
        Provides = [.. descriptor.Provides.Where(identity => (provided is null || provided.Contains(identity)) && !Needs.Any(need => need.Name == identity))];
        DataVersion = Plugins.DataVersion.Of(descriptor, settings);
    }

    public string Name => Descriptor.Name;

    public PluginDescriptor Descriptor { get; }

    /// <summary>Gets the settings that it runs with now.</summary>
    public PluginSettings Settings { get; private set; }

    /// <summary>Gets the times that hold now; results that are held keep theirs.</summary>
    public PluginPolicy Policy => _policy;

    public PluginTelemetry Telemetry { get; }

    /// <summary>Gets where its lane writes to.</summary>
    public PluginLogger? Logger { get; init; }

    /// <summary>How its calls went lately.</summary>
    public LiveTraffic Traffic => _traffic;

    /// <summary>Gets or sets what watches its health.</summary>
    public PluginMonitor? Monitor { get; set; }

    public int Priority => Settings.Priority;

    /// <summary>The plugin's index in every entry's slots.</summary>
    public int Ordinal { get; }

    /// <summary>
    /// New at each registration or accepted reload, and when all that is held is dropped: what an earlier one fetched is a miss.
    /// Tables keep it as it was when they were made.
    /// </summary>
    public int Generation { get; set; }

    /// <summary>What this instance looks users up by, by name.</summary>
    public IdentityNeed[] Needs { get; }

    /// <summary>What others wait for; two that look users up by the same identity do not wait for each other.</summary>
    public string[] Provides { get; }

    public double? RateLimit { get; }

    /// <summary>What its records in the second tier depend on.</summary>
    public string DataVersion { get; }

    public Lane Lane
    {
        get => _lane!;
        set => _lane = value;
    }

    public bool Connected => _connected;

    /// <summary>Gets what ends when the plugin has connected, failed to for the first time, or was retired.</summary>
    public Task FirstAttempt => _firstAttempt.Task;

    /// <summary>Gets what ends when the plugin is retired.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Gets how many calls are in flight, those of replaced instances included.</summary>
    public int Running => Lane.Running + Volatile.Read(ref _hungLanes).Sum(static lane => lane.Running);

    /// <summary>Gets how many calls did not return within their budget, those of replaced instances included.</summary>
    public int Hung => Lane.Hung + Volatile.Read(ref _hungLanes).Sum(static lane => lane.Hung);

    /// <summary>How often it got a fresh instance because all calls hung.</summary>
    public int Replacements { get; private set; }

    public long Succeeded => Volatile.Read(ref _succeeded);

    public long Failed => Volatile.Read(ref _failed);

    /// <summary>UTC ticks of the last successful fetch; 0 for none.</summary>
    public long LastSuccessAt => Volatile.Read(ref _lastSuccessAt);

    /// <summary>UTC ticks of the last failure; 0 for none.</summary>
    public long LastErrorAt => Volatile.Read(ref _lastErrorAt);

    public ProfileError? LastError => Volatile.Read(ref _lastError);

    public void Connect()
    {
        _connected = true;
        Notify();
        _firstAttempt.TrySetResult();
    }

    /// <summary>Counts its calls over another window, from nothing.</summary>
    public void CountAnew(TimeSpan window) => _traffic = new LiveTraffic(window);

    /// <summary>Says that an attempt to connect has ended without success.</summary>
    public void NoteFailedAttempt() => _firstAttempt.TrySetResult();

    /// <summary>Takes other times, while requests run.</summary>
    /// <returns>Whether any was different.</returns>
    public bool Adjust(EngineOptions engine, PluginSettings settings)
    {
        var policy = new PluginPolicy(engine, settings);
        var differs = policy.Times != _policy.Times;
        Settings = settings;
        _policy = policy;
        return differs;
    }

    public void Note(ProfileError? error, long now)
    {
        Telemetry.Usage.AddCall(now);
        if (error is null)
        {
            Interlocked.Increment(ref _succeeded);
            Volatile.Write(ref _lastSuccessAt, now);
            return;
        }

        Interlocked.Increment(ref _failed);
        NoteTrouble(error, now);
    }

    /// <summary>Notes a failure that is no fetch's.</summary>
    public void NoteTrouble(ProfileError error, long now)
    {
        Volatile.Write(ref _lastError, error);
        Volatile.Write(ref _lastErrorAt, now);
        if (!_connected)
        {
            Notify();
        }
    }

    /// <summary>Has the health looked at, on another thread: something changed that holds at once.</summary>
    public void Notify() => Monitor?.Notify();

    /// <summary>Puts a fresh lane in the place of a hung one; false when that one has gone already.</summary>
    public bool TryReplace(Lane hung, Lane fresh)
    {
        lock (_lock)
        {
            if (_retired || Lane != hung)
            {
                return false;
            }

            Replacements++;
            _connected = false;
            _hungLanes = [.. _hungLanes, hung];
            Lane = fresh;
            return true;
        }
    }

    /// <summary>Takes a replaced lane out, for whoever disposes it; true once.</summary>
    public bool TryRelease(Lane hung)
    {
        lock (_lock)
        {
            var before = _hungLanes.Length;
            _hungLanes = [.. _hungLanes.Where(lane => lane != hung)];
            return _hungLanes.Length < before;
        }
    }

    /// <summary>Ends connecting and replacing; returns every lane that is left to close.</summary>
    public Lane[] Retire()
    {
        Lane[] lanes;
        lock (_lock)
        {
            _retired = true;
            lanes = [Lane, .. _hungLanes];
            _hungLanes = [];
        }

        _stopping.Cancel();
        _firstAttempt.TrySetResult();
        return lanes;
    }
}

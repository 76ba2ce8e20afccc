using FastEnrich.Caching;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Pipeline;

/// <summary>The way of a request: memory, else the second tier, else the plugins' lanes; and back into memory, the second tier and the callers.</summary>
internal sealed partial class ProfileEngine : IDisposable
{
    private readonly EngineOptions _options;
    private readonly ProfileTable _l1;
    private readonly WaitPool _waits = new();
    private readonly IProfileStore? _store;
    private readonly EngineTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _bulkWindow;
    private readonly double _jitter;
    private readonly Lock _swapping = new();
    private PluginTable _plugins = PluginTable.Empty;
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _stopped;
    private int _generation;

    public ProfileEngine(FastEnrichOptions options, EngineTelemetry telemetry, ILogger logger)
    {
        _options = options.Engine;
        Clock = new EngineClock(options.TimeProvider);
        _l1 = new ProfileTable(options.Engine.L1, Clock);
        _store = options.Store ?? options.CreateStore?.Invoke(options);
        _telemetry = telemetry;
        _logger = logger;
        _plugins = _store is null ? _plugins : _plugins.Under(Coherence.NeverConnected(_options.Redis.DisconnectedServing));
        _jitter = options.TtlJitter;
        _bulkWindow = new SemaphoreSlim(options.Engine.BulkWindow);
        _readBudgets = new ReadBudgets(options.Engine.L2Timeout, options.TimeProvider);
        telemetry.Observe(
            () => (_l1.Count, _l1.Bytes, _l1.Evictions),
            () => Plugins.Order.Select(static plugin => (plugin.Name, plugin.Running, plugin.Lane.Waiting, plugin.Hung)));
    }

    public EngineClock Clock { get; }

    public ProfileTable L1 => _l1;

    /// <summary>Gets or sets the plugins of this moment; a change swaps the whole table.</summary>
    public PluginTable Plugins
    {
        get => Volatile.Read(ref _plugins);
        set
        {
            lock (_swapping)
            {
                Volatile.Write(ref _plugins, value.Under(_plugins.Coherence));
            }
        }
    }

    /// <summary>Called when every call of a plugin hangs; the life cycle answers with a fresh instance.</summary>
    public Action<RunningPlugin, Lane>? OnAllHang { get; set; }

    public ValueTask<EnrichedProfile> EnrichAsync(string userId, CancellationToken cancellationToken)
    {
        // The warm path: one look-up, one comparison, no await, no allocation.
        if (userId is not null && _l1.Find(userId) is { } entry && entry.Ready(_plugins, Clock.UtcTicks) is { } profile && !cancellationToken.IsCancellationRequested && !_stopped)
        {
            _telemetry.Hit();
            return new(profile);
        }

        return EnrichSlow(userId!, UserIdentities.None, default, bulk: false, cancellationToken);
    }

    public ValueTask<EnrichedProfile> EnrichAsync(string userId, IReadOnlyDictionary<string, string> identities, EnrichOptions options, CancellationToken cancellationToken) =>
        options is { Plugins: null, Mode: not EnrichMode.Refresh, MaxAge: null } && identities.Count == 0 && userId is not null
            && _l1.Find(userId)?.Ready(_plugins, Clock.UtcTicks) is { } profile && !cancellationToken.IsCancellationRequested && !_stopped
            ? Hit(profile)
            : EnrichSlow(userId!, identities, options, bulk: false, cancellationToken);

    public ProfileInspection? Inspect(string userId)
    {
        UserId.ThrowIfInvalid(userId);
        return _l1.Find(userId)?.Inspect(Plugins, Clock.UtcTicks);
    }

    public int NextGeneration() => Interlocked.Increment(ref _generation);

    public void Stop()
    {
        _stopped = true;
        _stopping.Cancel();
    }

    public void Dispose()
    {
        Stop();
        Clock.Dispose();
        _l1.Dispose();
    }

    private ValueTask<EnrichedProfile> Hit(EnrichedProfile profile)
    {
        _telemetry.Hit();
        return new(profile);
    }

    private ValueTask<EnrichedProfile> EnrichSlow(
        string userId, IReadOnlyDictionary<string, string> identities, EnrichOptions options, bool bulk, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopped, typeof(PluginManager));
        UserId.ThrowIfInvalid(userId);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<EnrichedProfile>(cancellationToken);
        }

        while (true)
        {
            var table = Plugins;
            var asked = table.Mask(options.Plugins);
            var closure = table.Closure(asked);
            var known = identities;
            if (identities.Count > 0 && options.UntrustedIdentities)
            {
                if (!(_l1.Find(userId) ?? new ProfileEntry(userId, isPrivate: true)).Agrees(identities, table, closure))
                {
                    _telemetry.Miss();
                    return EnrichApartAsync(userId, identities, options, bulk, cancellationToken);
                }

                known = UserIdentities.None;
            }

            var entry = _l1.GetOrAdd(userId, bulk);
            var result = entry.Begin(Request(table, asked, closure, known, options, Due(options, bulk), bulk, cancellationToken));
            if (result.MustRetry)
            {
                LookAgain(entry);
                continue;
            }

            if (result.Profile is null)
            {
                _telemetry.Miss();
            }
            else
            {
                _telemetry.Hit(); // memory answered, if not from a ready snapshot
            }

            return result.IsConflict
                ? EnrichApartAsync(userId, identities, options, bulk, cancellationToken)
                : Follow(entry, result, cancellationToken);
        }
    }

    /// <summary>An entry that left the table is not to be found again.</summary>
    private void LookAgain(ProfileEntry entry)
    {
        if (entry.Removed)
        {
            _l1.Remove(entry);
        }
    }

    private BeginRequest Request(
        PluginTable table,
        ulong asked,
        ulong closure,
        IReadOnlyDictionary<string, string> identities,
        in EnrichOptions options,
        long due,
        bool bulk,
        CancellationToken cancellationToken,
        ulong late = 0,
        ulong vouched = 0) => new()
    {
        Table = table,
        Asked = asked,
        Closure = closure,
        Late = late,
        Vouched = vouched,
        Now = Clock.UtcTicks,
        Due = due,
        Pool = _waits,
        Clock = Clock,
        Identities = identities,
        Mode = options.Mode,
        HasStore = _store is not null,
        MaxAge = options.MaxAge is { } age ? age.Ticks : -1,
        Bulk = bulk,
        Cancellable = cancellationToken.CanBeCanceled,
    };

    /// <summary>Bulk work has no deadline of its own: it is paced, and each fetch has its budget.</summary>
    private long Due(in EnrichOptions options, bool bulk)
    {
        var wait = options.Deadline ?? (bulk ? Timeout.InfiniteTimeSpan : _options.Timeout);
        return wait < TimeSpan.Zero || wait.Ticks > long.MaxValue / 2 ? long.MaxValue : Clock.Mono + wait.Ticks;
    }

    private ValueTask<EnrichedProfile> Follow(ProfileEntry entry, in BeginResult result, CancellationToken cancellationToken)
    {
        // Taken before anything starts: the wait may be answered, and be another caller's, an instant later.
        var task = result.Wait is { } wait ? wait.Task : new ValueTask<EnrichedProfile>(result.Profile!);
        if (cancellationToken.CanBeCanceled)
        {
            result.Wait?.Watch(cancellationToken);
        }

        Account(entry);
        Start(entry, result.Claimed);
        return task;
    }

    /// <summary>Answers callers; the last of them may go on <paramref name="here"/>, on a thread of the pool that has nothing else to do.</summary>
    private static void Answer(ProfileWait? done, bool here = false)
    {
        while (done is not null)
        {
            var next = done.NextDone;
            done.NextDone = null;
            done.Complete(here && next is null);
            done = next;
        }
    }
}

using System.Diagnostics;
using System.Threading.Channels;
using FastEnrich.Caching;
using FastEnrich.Plugins;
using FastEnrich.Resilience;

namespace FastEnrich.Pipeline;

/// <summary>
/// One plugin instance's lane: a fixed array of reusable flights, which is at once the concurrency limit, the pool and what the clock scans,
/// with bounded channels as its waiting rooms. Rate limit, batching, breaker and back-pressure live here.
/// </summary>
internal sealed partial class Lane : IClockListener
{
    private const int BlockingMilliseconds = 100;

    private readonly Lock _lock = new();
    private readonly Flight[] _flights;
    private readonly Channel<Fetch> _queue;
    private readonly Channel<Fetch> _bulkQueue;
    private readonly CircuitBreaker _breaker = new();
    private readonly RetryBudget _retryBudget = new();
    private readonly TokenBucket? _rate;
    private readonly int _seats;
    private readonly long _batchWindow;
    private TaskCompletionSource? _closing;
    private Flight? _free;
    private SlotFailure? _refusal;
    private bool _open;
    private int _waiting;
    private int _bulkWaiting;
    private int _bulkRunning;
    private int _running;
    private int _zombies;
    private int _blocked;
    private long _batchDue;

    public Lane(RunningPlugin plugin, IEnrichmentPlugin instance, EngineClock clock, IFlightSink sink)
    {
        Plugin = plugin;
        Instance = instance;
        Clock = clock;
        Sink = sink;
        var policy = plugin.Policy;
        Retries = new RetryPipeline(policy.MaxRetries, policy.RetryDelay, clock.TimeProvider);
        _rate = plugin.RateLimit is { } perSecond ? new TokenBucket(perSecond) : null;
        var batch = instance as IBatchEnrichmentPlugin;
        _batchWindow = batch is null ? 0 : policy.BatchWindow;
        _flights = new Flight[policy.MaxConcurrency];
        for (var i = 0; i < _flights.Length; i++)
        {
            _flights[i] = batch is null ? new SingleFlight(this) : new BatchFlight(this, batch);
            _flights[i].Next = _free;
            _free = _flights[i];
        }

        _seats = _free!.Seats;
        _queue = WaitingRoom(policy.QueueCapacity);
        _bulkQueue = WaitingRoom(policy.BulkCapacity);
        clock.Subscribe(this);
    }

    public RunningPlugin Plugin { get; }

    public IEnrichmentPlugin Instance { get; }

    public EngineClock Clock { get; }

    public IFlightSink Sink { get; }

    public RetryPipeline Retries { get; }

    public BreakerState Breaker => _breaker.State;

    public int Running => Volatile.Read(ref _running);

    public int Waiting => Volatile.Read(ref _waiting) + Volatile.Read(ref _bulkWaiting);

    /// <summary>Gets how many calls did not return when their budget ended.</summary>
    public int Zombies => Volatile.Read(ref _zombies);

    /// <summary>Gets how many calls blocked their thread before their first await.</summary>
    public int Blocked => Volatile.Read(ref _blocked);

    /// <summary>Starts the fetch, has it wait, or refuses it.</summary>
    public void Submit(Fetch fetch)
    {
        Flight? launch;
        SlotFailure? refusal;
        lock (_lock)
        {
            var now = Clock.Mono;
            refusal = Enter(fetch, now);
            launch = refusal is null ? Pump(now, out _) : null; // the breaker let it in: nobody is refused here
        }

        Fly(launch);
        Refuse(fetch, refusal);
    }

    /// <summary>Lets waiting fetches start: the plugin is connected.</summary>
    public void Open()
    {
        Flight? launch;
        Fetch? refused;
        lock (_lock)
        {
            _open = true;
            _refusal = null;
            launch = Pump(Clock.Mono, out refused);
        }

        Fly(launch);
        RefuseAll(refused, SlotFailure.BreakerOpen);
    }

    /// <summary>Refuses what waits and what comes, until the lane is opened.</summary>
    public void Shut(SlotFailure refusal)
    {
        Fetch? drained;
        lock (_lock)
        {
            _open = false;
            _refusal = refusal;
            drained = Drain();
        }

        RefuseAll(drained, refusal);
    }

    /// <summary>Shuts the lane for good and ends when no call is in flight any more, or the time is up.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        Shut(SlotFailure.Stopped);
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _closing = idle;
            if (_running == 0)
            {
                idle.SetResult();
            }
        }

        try
        {
            await idle.Task.WaitAsync(patience, Clock.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A plugin that ignores its token cannot be waited for.
        }

        Clock.Unsubscribe(this);
    }

    /// <summary>Hands what waits here to the lane of a fresh instance.</summary>
    public Fetch? TakeWaiting()
    {
        lock (_lock)
        {
            return Drain();
        }
    }

    /// <summary>Gets whether no call of the plugin returns any more.</summary>
    public bool AllHang => Volatile.Read(ref _zombies) == _flights.Length;

    public void RefuseWaiting(SlotFailure refusal) => RefuseAll(TakeWaiting(), refusal);

    public bool MayRetry()
    {
        lock (_lock)
        {
            if (_refusal is not null || _breaker.IsOpen(Clock.Mono) || _breaker.State == BreakerState.HalfOpen)
            {
                return false;
            }
        }

        return _retryBudget.TryRetry();
    }

    public long StartAttempt()
    {
        _retryBudget.Call();
        return Plugin.Telemetry.Measures ? Stopwatch.GetTimestamp() : 0;
    }

    public void NoteBlocking(long milliseconds)
    {
        if (milliseconds >= BlockingMilliseconds)
        {
            Interlocked.Increment(ref _blocked);
        }
    }

    /// <summary>Notes how an attempt ended, for the breaker and the metrics.</summary>
    public void Report(in AttemptOutcome outcome, long startedAt)
    {
        if (startedAt != 0)
        {
            Plugin.Telemetry.Attempt(outcome, Stopwatch.GetElapsedTime(startedAt));
        }

        bool changed;
        BreakerState state;
        lock (_lock)
        {
            changed = _breaker.Report(outcome.IsDistress, Clock.Mono);
            state = _breaker.State;
        }

        if (changed)
        {
            Sink.BreakerChanged(Plugin, state);
        }
    }

    /// <summary>A flight's budget ended before its plugin returned.</summary>
    public void Expired()
    {
        bool allHang;
        bool changed;
        lock (_lock)
        {
            _zombies++;
            allHang = _zombies == _flights.Length;
            changed = _breaker.Report(failed: true, Clock.Mono);
        }

        if (changed)
        {
            Sink.BreakerChanged(Plugin, BreakerState.Open);
        }

        if (allHang)
        {
            Sink.AllHang(Plugin, this);
        }
    }

    /// <summary>Takes a flight back and starts what waits for it.</summary>
    public void Give(Flight flight, bool wasZombie)
    {
        Flight? launch;
        Fetch? refused;
        lock (_lock)
        {
            _running--;
            _bulkRunning -= flight.IsBulk ? 1 : 0;
            _zombies -= wasZombie ? 1 : 0;
            flight.Next = _free;
            _free = flight;
            launch = Pump(Clock.Mono, out refused);
            if (_running == 0)
            {
                _closing?.TrySetResult();
            }
        }

        Fly(launch);
        RefuseAll(refused, SlotFailure.BreakerOpen);
    }

    public long OnTick(long mono)
    {
        var next = long.MaxValue;
        foreach (var flight in _flights)
        {
            next = Math.Min(next, flight.ExpireIfDue(mono));
        }

        if (Waiting == 0)
        {
            return next;
        }

        Flight? launch;
        Fetch? refused;
        Fetch? late;
        lock (_lock)
        {
            late = ExpireWaiting(mono);
            launch = Pump(mono, out refused);
            next = Math.Min(next, NextWaiting(mono));
        }

        Fly(launch);
        RefuseAll(refused, SlotFailure.BreakerOpen);
        RefuseAll(late, SlotFailure.QueuedTooLong);
        return next;
    }
}

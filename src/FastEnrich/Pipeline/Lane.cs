using System.Threading.Channels;
using FastEnrich.Caching;
using FastEnrich.Plugins;
using FastEnrich.Processes;
using FastEnrich.Resilience;

namespace FastEnrich.Pipeline;

/// <summary>
/// One plugin instance's lane: a fixed array of reusable flights, which is at once the concurrency limit, the pool and what the clock scans,
/// with bounded channels as its waiting rooms. Rate limit, batching, breaker and back-pressure live here.
/// </summary>
internal sealed partial class Lane : IClockListener
{
    private readonly Lock _lock = new();
    private readonly Flight[] _flights;
    private readonly Channel<Fetch> _queue;
    private readonly Channel<Fetch> _bulkQueue;
    private readonly LaneAlarm _alarm;
    private readonly int _seats;
    private readonly long _batchWindow;
    private TaskCompletionSource? _idle;
    private Flight? _free;
    private SlotFailure? _refusal;
    private Lane? _successor;
    private bool _open;
    private bool _closed;
    private int _waiting;
    private int _bulkWaiting;
    private int _bulkRunning;
    private int _running;
    private long _batchDue;

    /// <summary>Initializes the lane of an instance; the rate limit of a predecessor, whose instance hangs, goes on in it.</summary>
    public Lane(RunningPlugin plugin, PluginInstance instance, EngineClock clock, IFlightSink sink, Lane? predecessor = null)
    {
        Plugin = plugin;
        Owned = instance;
        Clock = clock;
        Sink = sink;
        var policy = plugin.Policy;
        Retries = new RetryPipeline(policy.MaxRetries, policy.RetryDelay, clock.TimeProvider);
        _rate = predecessor?._rate ?? (plugin.RateLimit is { } perSecond ? new TokenBucket(perSecond) : null);
        if (Instance is IProcessPlugin process)
        {
            process.OnRestarted = BeginAnew;
        }

        var batch = Instance as IBatchEnrichmentPlugin;
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
        _alarm = new LaneAlarm(this);
        clock.Subscribe(this);
    }

    public RunningPlugin Plugin { get; }

    /// <summary>Gets the instance, which whoever closes the lane disposes.</summary>
    public PluginInstance Owned { get; }

    public IEnrichmentPlugin Instance => Owned.Plugin;

    public EngineClock Clock { get; }

    public IFlightSink Sink { get; }

    public RetryPipeline Retries { get; }

    /// <summary>Batch windows and rates are shorter than a tick; budgets and pauses are not.</summary>
    private long Now => _batchWindow > 0 || _rate is not null ? Clock.Mono : Clock.CoarseMono;

    public int Running => Volatile.Read(ref _running);

    public int Waiting => Volatile.Read(ref _waiting) + Volatile.Read(ref _bulkWaiting);

    /// <summary>Starts the fetch, has it wait, or refuses it.</summary>
    public void Submit(Fetch fetch)
    {
        Flight? launch = null;
        SlotFailure? refusal = null;
        Lane? successor;
        lock (_lock)
        {
            successor = _successor;
            if (successor is null)
            {
                var now = Now;
                refusal = Enter(fetch, now, out launch);
                launch ??= refusal is null ? Pump(now) : null;
            }
        }

        successor?.Submit(fetch);
        Fly(launch);
        Refuse(fetch, refusal);
    }

    /// <summary>Lets waiting fetches start: the plugin is connected.</summary>
    public void Open()
    {
        Flight? launch;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _open = true;
            _refusal = null;
            launch = Pump(Clock.Mono);
        }

        Fly(launch);
    }

    /// <summary>Refuses what waits and what comes, until the lane is opened.</summary>
    public void Shut(SlotFailure refusal)
    {
        Fetch? drained;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _open = false;
            _refusal = refusal;
            drained = Drain();
        }

        RefuseAll(drained, refusal);
    }

    /// <summary>Hands what waits, and whatever still comes here, to the lane of a fresh instance.</summary>
    public void HandOver(Lane successor)
    {
        Fetch? waiting;
        lock (_lock)
        {
            _successor = successor;
            waiting = Drain();
        }

        while (waiting is not null)
        {
            var next = waiting.Next;
            waiting.Next = null;
            successor.Submit(waiting);
            waiting = next;
        }
    }

    /// <summary>Ends when no call is in flight any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running == 0)
            {
                _idle.TrySetResult();
            }

            return _idle.Task;
        }
    }

    /// <summary>Shuts the lane for good and ends when no call is in flight any more, or the time is up; calls that are then still in flight are given up.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        Shut(SlotFailure.Stopped);
        lock (_lock)
        {
            _closed = true;
        }

        try
        {
            await WhenIdleAsync().WaitAsync(patience, Clock.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A plugin that ignores its token cannot be waited for; those who wait for it are answered.
            foreach (var flight in _flights)
            {
                flight.Abort(SlotFailure.Stopped);
            }
        }

        Clock.Unsubscribe(this);
        Clock.Remove(_alarm);
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
        Fetch? late;
        lock (_lock)
        {
            late = ExpireWaiting(mono);
            launch = Pump(mono);
            if (_queue.Reader.TryPeek(out var head))
            {
                next = Math.Min(next, head.QueueDue);
            }
        }

        Fly(launch);
        RefuseAll(late, SlotFailure.QueuedTooLong);
        return next;
    }

    /// <summary>The batch window ended, or a rate token came back.</summary>
    public void Ring()
    {
        Flight? launch;
        lock (_lock)
        {
            _alarm.Clear();
            launch = Pump(Clock.Mono);
        }

        Fly(launch);
    }
}

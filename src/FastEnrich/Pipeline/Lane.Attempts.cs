using FastEnrich.Caching;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich.Pipeline;

/// <content>What the flights tell: how attempts end, which calls hang, who comes back.</content>
internal sealed partial class Lane
{
    private static readonly long s_blocking = TimeSpan.FromMilliseconds(100).Ticks;

    private readonly CircuitBreaker _breaker = new();
    private readonly RetryBudget _retryBudget = new();
    private readonly TokenBucket? _rate;
    private int _hung;
    private int _blocked;
    private bool _refusesWhileHung;

    public BreakerState Breaker => _breaker.State;

    /// <summary>Gets the breaker as the next call would meet it: half-open once the pause is over, though nobody has come yet.</summary>
    public BreakerState BreakerNow
    {
        get
        {
            lock (_lock)
            {
                return _breaker.At(Clock.Mono);
            }
        }
    }

    /// <summary>Gets how many calls did not return when their budget ended.</summary>
    public int Hung => Volatile.Read(ref _hung);

    /// <summary>Gets how many calls blocked their thread before their first await.</summary>
    public int Blocked => Volatile.Read(ref _blocked);

    /// <summary>Gets whether no call of the plugin returns any more.</summary>
    public bool AllHang => Hung == _flights.Length;

    /// <summary>Has the lane refuse what waits and what comes while all its calls hang: there is no fresh instance to go to.</summary>
    public void RefuseWhileHung()
    {
        Fetch? drained;
        lock (_lock)
        {
            _refusesWhileHung = true;
            drained = AllHang ? Drain() : null;
        }

        RefuseAll(drained, SlotFailure.Hung);
    }

    public bool MayRetry(Flight flight)
    {
        lock (_lock)
        {
            if (_refusal is not null || _breaker.State != BreakerState.Closed || !_retryBudget.TryRetry())
            {
                return false;
            }

            flight.Epoch = _breaker.Epoch;
            return true;
        }
    }

    public async ValueTask<bool> WaitForRateAsync(CancellationToken cancellationToken)
    {
        long wait;
        lock (_lock)
        {
            var now = Clock.Mono;
            wait = _rate is null ? 0 : _rate.Reserve(now) - now;
        }

        if (wait > 0)
        {
            // Upwards: a delay is cut to whole milliseconds, and a token must not be used before it is there.
            var delay = TimeSpan.FromMilliseconds((wait + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
            await Task.Delay(delay, Clock.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !cancellationToken.IsCancellationRequested;
    }

    public Attempt StartAttempt(Flight flight, bool isRetry, int users = 0)
    {
        flight.Attempts = isRetry ? flight.Attempts + 1 : 1;
        if (!isRetry)
        {
            _retryBudget.Call();
        }

        return Plugin.Telemetry.Start(flight.Epoch, Clock.Mono, flight.Attempts, users);
    }

    public void NoteBlocking(long ticks)
    {
        if (ticks >= s_blocking)
        {
            Interlocked.Increment(ref _blocked);
            Plugin.Traffic.Block(Clock.Mono);
        }
    }

    /// <summary>The upstream answers again, as a check of the plugin's health has shown: the next call may try at once.</summary>
    public void EndPause()
    {
        lock (_lock)
        {
            _breaker.EndPause(Clock.Mono);
        }
    }

    /// <summary>Another process does the plugin's work now, and the failures of the one before are not its.</summary>
    public void BeginAnew()
    {
        lock (_lock)
        {
            _breaker.Reset();
        }
    }

    /// <summary>Notes how an attempt ended, for the breaker, the metrics and the health.</summary>
    public void Report(in Attempt attempt, in AttemptOutcome outcome)
    {
        var now = Clock.Mono;
        Plugin.Telemetry.Stop(attempt, outcome, now);
        Plugin.Telemetry.Write(Plugin.Logger, attempt, outcome, now);
        Plugin.Traffic.Add(outcome.Failure is not null, now - attempt.StartedAt, now);
        Note(outcome.IsDistress, attempt.Epoch);
    }

    /// <summary>A flight's budget ended before its plugin returned.</summary>
    public void Expired(Flight flight)
    {
        bool allHang;
        int epoch;
        lock (_lock)
        {
            epoch = flight.Epoch;
            if (flight.HasReturned)
            {
                flight.HasReturned = false; // on its way here the plugin did return
            }
            else
            {
                flight.IsHung = true;
                _hung++;
                _bulkRunning -= flight.IsBulk ? 1 : 0; // or half of the calls, once hung, would end bulk work for good
                flight.IsBulk = false;
            }

            allHang = AllHang;
        }

        Plugin.Traffic.Add(failed: true, Plugin.Policy.FetchTimeout, Clock.Mono);
        Note(failed: true, epoch);
        if (allHang)
        {
            Plugin.Notify();
            Sink.AllHang(Plugin, this);
        }
    }

    /// <summary>Takes a flight back and starts what waits for it.</summary>
    public void Give(Flight flight, bool wasHung)
    {
        Flight? launch;
        lock (_lock)
        {
            _running--;
            _bulkRunning -= flight.IsBulk ? 1 : 0;
            flight.IsBulk = false;
            _hung -= flight.IsHung ? 1 : 0;
            flight.HasReturned = wasHung && !flight.IsHung;
            flight.IsHung = false;
            flight.Next = _free;
            _free = flight;
            var now = Now;
            _batchDue = Math.Min(_batchDue, now); // a batch takes what waits when a flight comes free
            launch = Pump(now);
            if (_running == 0)
            {
                _idle?.TrySetResult();
            }
        }

        Fly(launch);
    }

    private void Note(bool failed, int epoch)
    {
        BreakerState state;
        Fetch? drained = null;
        lock (_lock)
        {
            if (!_breaker.Report(failed, epoch, Clock.CoarseMono))
            {
                return;
            }

            state = _breaker.State;
            if (state == BreakerState.Open)
            {
                drained = Drain();
            }
        }

        Sink.BreakerChanged(Plugin, state);
        Plugin.Notify();
        RefuseAll(drained, SlotFailure.BreakerOpen);
    }
}

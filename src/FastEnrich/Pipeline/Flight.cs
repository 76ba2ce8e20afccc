using FastEnrich.Caching;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich.Pipeline;

/// <summary>
/// One call of a plugin in flight, reused. When its budget ends the clock settles its fetches at once, but the flight stays taken until the
/// plugin really returns: it is the permit.
/// </summary>
internal abstract class Flight(Lane lane) : IThreadPoolWorkItem, IRetryable
{
    // generation << 2 | phase: a late step of an earlier use can never be taken for one of this use.
    private const long Free = 0;
    private const long Flying = 1;
    private const long TimedOut = 2;
    private const long PhaseMask = 3;

    private CancellationTokenSource _cancellation = new();
    private long _state;
    private long _due;
    private long _calledAt;

    /// <summary>Links the free flights, and those that one step has to launch.</summary>
    public Flight? Next { get; set; }

    /// <summary>Gets or sets whether it counts as bulk work. Guarded by the lane's lock, as the next three are.</summary>
    public bool IsBulk { get; set; }

    /// <summary>Gets or sets whether the lane counts it as hung.</summary>
    public bool IsHung { get; set; }

    /// <summary>Gets or sets whether its plugin returned before the lane could count it as hung.</summary>
    public bool HasReturned { get; set; }

    /// <summary>Gets or sets the breaker's epoch in which the present attempt was allowed.</summary>
    public int Epoch { get; set; }

    /// <summary>Gets or sets how many calls it has made for what it carries now.</summary>
    public int Attempts { get; set; }

    public abstract int Seats { get; }

    protected Lane Lane { get; } = lane;

    protected CancellationToken Token => _cancellation.Token;

    protected bool IsFlying => (Volatile.Read(ref _state) & PhaseMask) == Flying;

    protected TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, _due - Lane.Clock.CoarseMono));

    /// <summary>The first member takes the flight; a batch takes more.</summary>
    public abstract void Board(Fetch fetch);

    /// <summary>Starts on the thread pool: a plugin that blocks before its first await then delays nobody else.</summary>
    public void Launch()
    {
        _due = Lane.Clock.CoarseMono + Lane.Plugin.Policy.FetchTimeout;
        Volatile.Write(ref _state, (_state & ~PhaseMask) + PhaseMask + 1 + Flying);
        Lane.Clock.Require(_due);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    public abstract void Execute();

    public bool MayRetry(TimeSpan wait) => IsFlying && wait < Left && Lane.MayRetry(this);

    public ValueTask<bool> WaitForRateAsync(CancellationToken cancellationToken) => Lane.WaitForRateAsync(cancellationToken);

    public abstract ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken);

    /// <summary>Ends the flight's fetches when its budget is spent; returns when it will be, or never.</summary>
    public long ExpireIfDue(long mono)
    {
        var state = Volatile.Read(ref _state);
        if ((state & PhaseMask) != Flying)
        {
            return long.MaxValue;
        }

        var due = Volatile.Read(ref _due);
        if (mono < due)
        {
            return due;
        }

        Expire(state, SlotFailure.BudgetSpent);
        return long.MaxValue;
    }

    /// <summary>Ends the flight's fetches before their budget is spent.</summary>
    public void Abort(SlotFailure failure)
    {
        var state = Volatile.Read(ref _state);
        if ((state & PhaseMask) == Flying)
        {
            Expire(state, failure);
        }
    }

    /// <summary>The fetches it carries now.</summary>
    protected abstract Fetch[] Aboard();

    /// <summary>Makes the flight free again; <see langword="false"/> when its budget had ended before.</summary>
    protected bool Land()
    {
        var state = Volatile.Read(ref _state);
        if ((state & PhaseMask) == Flying && Interlocked.CompareExchange(ref _state, (state & ~PhaseMask) | Free, state) == state)
        {
            return true;
        }

        _cancellation = new CancellationTokenSource(); // the old one is spent
        Volatile.Write(ref _state, state & ~PhaseMask);
        return false;
    }

    protected void EnterPlugin() => Volatile.Write(ref _calledAt, Lane.Clock.CoarseMono);

    protected void LeavePlugin()
    {
        if (Interlocked.Exchange(ref _calledAt, 0) is var began and not 0)
        {
            Lane.NoteBlocking(Lane.Clock.CoarseMono - began);
        }
    }

    /// <summary>Ends an attempt for the breaker and for whoever measures.</summary>
    protected void Report(in Attempt attempt, in AttemptOutcome outcome)
    {
        if (IsFlying)
        {
            Lane.Report(attempt, outcome);
        }
        else
        {
            AttemptOutcome late = new(default, SlotFailure.BudgetSpent);
            Lane.Plugin.Telemetry.Stop(attempt, late, Lane.Clock.Mono); // breaker and health have heard of it
            Lane.Plugin.Telemetry.Write(Lane.Plugin.Logger, attempt, late, Lane.Clock.Mono);
        }
    }

    private void Expire(long state, SlotFailure failure)
    {
        // Read before the step: when it succeeds the flight has not landed since, and all three are of this use.
        var cancellation = _cancellation;
        var aboard = Aboard();
        var calledAt = Volatile.Read(ref _calledAt);
        if (Interlocked.CompareExchange(ref _state, (state & ~PhaseMask) | TimedOut, state) != state)
        {
            return;
        }

        _ = cancellation.CancelAsync(); // registrations run on the pool: they may block, or throw
        if (calledAt != 0 && Interlocked.CompareExchange(ref _calledAt, 0, calledAt) == calledAt)
        {
            Lane.NoteBlocking(long.MaxValue);
        }

        Lane.Expired(this);
        foreach (var fetch in aboard)
        {
            Lane.Sink.Conclude(fetch, new AttemptOutcome(default, failure));
        }
    }
}

using FastEnrich.Caching;
using FastEnrich.Resilience;

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

    /// <summary>Links the free flights, and those that one step has to launch.</summary>
    public Flight? Next { get; set; }

    public bool IsBulk { get; set; }

    protected Lane Lane { get; } = lane;

    protected CancellationToken Token => _cancellation.Token;

    protected bool IsFlying => (Volatile.Read(ref _state) & PhaseMask) == Flying;

    protected TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, _due - Lane.Clock.Mono));

    /// <summary>The first member takes the flight; a batch takes more.</summary>
    public abstract void Board(Fetch fetch);

    public abstract int Seats { get; }

    /// <summary>Starts on the thread pool: a plugin that blocks before its first await then delays nobody else.</summary>
    public void Launch()
    {
        _due = Lane.Clock.Mono + Lane.Plugin.Policy.FetchTimeout;
        Volatile.Write(ref _state, (_state & ~PhaseMask) + PhaseMask + 1 + Flying);
        Lane.Clock.Require(_due);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    public abstract void Execute();

    public bool MayRetry(TimeSpan wait) => IsFlying && wait < Left && Lane.MayRetry();

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

        if (Interlocked.CompareExchange(ref _state, (state & ~PhaseMask) | TimedOut, state) == state)
        {
            // Registrations run inside Cancel: not on the clock's thread.
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _cancellation, preferLocal: false);
            Lane.Expired();
            SettleAll(new AttemptOutcome(default, SlotFailure.BudgetSpent));
        }

        return long.MaxValue;
    }

    protected abstract void SettleAll(in AttemptOutcome outcome);

    /// <summary>Makes the flight free again; <see langword="false"/> when its budget had ended before.</summary>
    protected bool Land()
    {
        var state = Volatile.Read(ref _state);
        if ((state & PhaseMask) == Flying && Interlocked.CompareExchange(ref _state, (state & ~PhaseMask) | Free, state) == state)
        {
            return true;
        }

        Volatile.Write(ref _state, state & ~PhaseMask);
        _cancellation = new CancellationTokenSource(); // the old one is spent
        return false;
    }
}

namespace FastEnrich.Resilience;

/// <summary>
/// Counters that stop calls to an upstream which keeps failing, and let one probe through after a pause. Not thread-safe: it lives under its
/// lane's lock, which is taken anyway.
/// </summary>
internal sealed class CircuitBreaker
{
    // Polly's defaults for throughput and ratio suit thousands of calls; a plugin sees tens a second.
    private const int MinimumThroughput = 20;
    private static readonly long s_window = TimeSpan.FromSeconds(10).Ticks;
    private static readonly long s_pause = TimeSpan.FromSeconds(5).Ticks;

    private long _windowEnd;
    private long _reopenAt;
    private int _good;
    private int _bad;

    public BreakerState State { get; private set; }

    /// <summary>Changes with the state: a call that began in an earlier epoch says nothing about this one.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether a call may start; the first one after the pause is the probe.</summary>
    public bool TryEnter(long mono)
    {
        if (State == BreakerState.Closed)
        {
            return true;
        }

        if (mono < _reopenAt)
        {
            return false;
        }

        // A probe that never reports must not close the upstream for ever: the next pause allows another one.
        Become(BreakerState.HalfOpen);
        _reopenAt = mono + s_pause;
        return true;
    }

    /// <summary>Returns the state that a call would meet.</summary>
    public BreakerState At(long mono) => State == BreakerState.Open && mono >= _reopenAt ? BreakerState.HalfOpen : State;

    /// <summary>Ends the pause of an open breaker: the next call is the probe. Nothing else changes, so at most one call goes in vain.</summary>
    public void EndPause(long mono)
    {
        if (State == BreakerState.Open)
        {
            _reopenAt = Math.Min(_reopenAt, mono);
        }
    }

    /// <summary>Begins anew, closed: what failed is no more, and calls that still await it say nothing of what took its place.</summary>
    public void Reset() => Become(BreakerState.Closed);

    /// <summary>Notes how an attempt ended that began in an epoch; <see langword="true"/> when that opened or closed the breaker for callers.</summary>
    public bool Report(bool failed, int epoch, long mono)
    {
        if (epoch != Epoch)
        {
            return false;
        }

        if (State == BreakerState.HalfOpen)
        {
            Become(failed ? BreakerState.Open : BreakerState.Closed);
            _reopenAt = mono + s_pause;
            return !failed; // a failed probe changes nothing for anybody
        }

        if (mono >= _windowEnd)
        {
            _windowEnd = mono + s_window;
            _good = _bad = 0;
        }

        if (!failed)
        {
            _good++;
            return false;
        }

        _bad++;
        if (_bad + _good < MinimumThroughput || _bad < _good)
        {
            return false;
        }

        Become(BreakerState.Open);
        _reopenAt = mono + s_pause;
        return true;
    }

    private void Become(BreakerState state)
    {
        State = state;
        Epoch++;
        _good = _bad = 0;
        _windowEnd = 0;
    }
}

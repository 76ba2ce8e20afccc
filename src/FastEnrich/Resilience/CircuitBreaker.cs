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
        State = BreakerState.HalfOpen;
        _reopenAt = mono + s_pause;
        return true;
    }

    public bool IsOpen(long mono) => State != BreakerState.Closed && mono < _reopenAt;

    /// <summary>Notes how an attempt ended; <see langword="true"/> when that changed the state.</summary>
    public bool Report(bool failed, long mono)
    {
        if (State != BreakerState.Closed)
        {
            return failed ? Open(mono) : Close();
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
        return _bad + _good >= MinimumThroughput && _bad >= _good && Open(mono);
    }

    private bool Open(long mono)
    {
        var changed = State == BreakerState.Closed;
        State = BreakerState.Open;
        _reopenAt = mono + s_pause;
        _good = _bad = 0;
        return changed;
    }

    private bool Close()
    {
        State = BreakerState.Closed;
        _good = _bad = 0;
        _windowEnd = 0;
        return true;
    }
}

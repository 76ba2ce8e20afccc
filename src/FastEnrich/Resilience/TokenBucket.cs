namespace FastEnrich.Resilience;

/// <summary>
/// Allows a number of requests a second. A plugin that has been quiet may send one second's worth at once (at least one request); from then on each
/// request waits for its share of a second, so n seconds never see more than n + 1 seconds' worth. Not thread-safe: it lives under its lane's lock.
/// </summary>
internal sealed class TokenBucket
{
    private const int Scale = 1024; // parts of a tick: 3 requests a second are no whole number of ticks apart

    private readonly long _interval;
    private readonly long _tolerance;
    private long _origin;
    private long _emptyUntil = long.MinValue; // when the tokens taken so far have come back

    public TokenBucket(double perSecond)
    {
        _interval = (long)Math.Min(Math.Floor(TimeSpan.TicksPerSecond * Scale / perSecond), long.MaxValue / 4);
        _tolerance = Math.Max(0, (TimeSpan.TicksPerSecond * (long)Scale) - _interval);
    }

    public bool TryTake(long mono)
    {
        if (NextAt(mono) > mono)
        {
            return false;
        }

        Reserve(mono);
        return true;
    }

    /// <summary>When the next request may start; monotonic ticks.</summary>
    public long NextAt(long mono)
    {
        var now = Scaled(mono);
        var next = _emptyUntil - _tolerance;
        return next <= now ? mono : mono + ((next - now + Scale - 1) / Scale);
    }

    /// <summary>Takes the next token, whenever it comes, and returns when it does; monotonic ticks.</summary>
    public long Reserve(long mono)
    {
        var at = NextAt(mono);
        _emptyUntil = Math.Max(_emptyUntil, Scaled(mono)) + _interval;
        return at;
    }

    private long Scaled(long mono)
    {
        if (_emptyUntil == long.MinValue)
        {
            _origin = mono;
            _emptyUntil = 0;
        }

        return (mono - _origin) * Scale;
    }
}

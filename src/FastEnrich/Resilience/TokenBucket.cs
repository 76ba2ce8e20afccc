namespace FastEnrich.Resilience;

/// <summary>Allows a number of requests a second, with a burst of one second's worth. Not thread-safe: it lives under its lane's lock.</summary>
internal sealed class TokenBucket(double perSecond)
{
    private readonly double _burst = Math.Max(1, perSecond);
    private double _tokens = Math.Max(1, perSecond);
    private long _filledAt = long.MinValue;

    public bool TryTake(long mono)
    {
        Fill(mono);
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    /// <summary>When the next request may start; monotonic ticks.</summary>
    public long NextAt(long mono)
    {
        Fill(mono);
        return _tokens >= 1 ? mono : mono + (long)Math.Ceiling((1 - _tokens) / perSecond * TimeSpan.TicksPerSecond);
    }

    private void Fill(long mono)
    {
        if (_filledAt != long.MinValue)
        {
            _tokens = Math.Min(_burst, _tokens + ((mono - _filledAt) * perSecond / TimeSpan.TicksPerSecond));
        }

        _filledAt = mono;
    }
}

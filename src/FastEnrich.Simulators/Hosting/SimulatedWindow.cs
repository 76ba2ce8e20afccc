namespace FastEnrich.Simulators;

/// <summary>A limit that counts: so many units in windows of a fixed length. Thread-safe.</summary>
internal sealed class SimulatedWindow(long limit, TimeSpan length, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private long _used;

    public long Limit => limit;

    public TimeSpan Length => length;

    /// <summary>What was used in the current window, beyond the limit included.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                Roll();
                return _used;
            }
        }
    }

    /// <summary>Takes units, and says how the window stands then.</summary>
    public SimulatedWindowState Take(long units = 1)
    {
        lock (_lock)
        {
            Roll();
            _used += units;
            return new SimulatedWindowState(limit, Math.Max(0, limit - _used), _startedAt + length, _used > limit);
        }
    }

    private void Roll()
    {
        var now = timeProvider.GetUtcNow();
        if (now - _startedAt >= length)
        {
            (_startedAt, _used) = (now, 0);
        }
    }
}

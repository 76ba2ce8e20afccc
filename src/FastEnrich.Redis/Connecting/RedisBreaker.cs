namespace FastEnrich.Redis.Connecting;

/// <summary>
/// Keeps reads away from a Redis, or a part of a cluster, that does not answer in time. Reads that were in flight together fail together and
/// count once, so that one pause of either side opens nothing; while it is open, one read a second finds out.
/// </summary>
internal sealed class RedisBreaker(TimeProvider timeProvider)
{
    private const int Threshold = 3;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1); // a restarted Redis is used again within it

    private readonly Lock _lock = new();
    private int _failures;
    private long _lastCounted = long.MinValue;
    private long _nextProbe;
    private volatile bool _isOpen;

    /// <summary>Called, outside of the lock, when the breaker opens or closes.</summary>
    public Action<bool>? Changed { get; set; }

    public bool IsOpen => _isOpen;

    /// <summary>Returns whether a read may go; while the breaker is open, one in each pause.</summary>
    public bool TryEnter(out long startedAt)
    {
        startedAt = timeProvider.GetTimestamp();
        if (!_isOpen)
        {
            return true;
        }

        lock (_lock)
        {
            if (_isOpen && startedAt < _nextProbe)
            {
                return false;
            }

            _nextProbe = After(startedAt);
            return true;
        }
    }

    public void Succeeded()
    {
        if (_isOpen || Volatile.Read(ref _failures) != 0)
        {
            Reset();
        }
    }

    public void Failed(long startedAt)
    {
        lock (_lock)
        {
            if (startedAt <= _lastCounted)
            {
                return;
            }

            _lastCounted = timeProvider.GetTimestamp();
            if (++_failures < Threshold || _isOpen)
            {
                return;
            }

            _nextProbe = After(_lastCounted);
            _isOpen = true;
        }

        Changed?.Invoke(true);
    }

    public void Reset()
    {
        lock (_lock)
        {
            Volatile.Write(ref _failures, 0);
            if (!_isOpen)
            {
                return;
            }

            _isOpen = false;
        }

        Changed?.Invoke(false);
    }

    private long After(long now) => now + (long)(s_pause.TotalSeconds * timeProvider.TimestampFrequency);
}

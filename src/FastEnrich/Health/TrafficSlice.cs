namespace FastEnrich.Health;

/// <summary>Calls that ended within one part of the window. Counted without a lock; cleared under the lock of its owner.</summary>
internal sealed class TrafficSlice
{
    private readonly int[] _times = new int[LatencyScale.Buckets];
    private int _failed;
    private int _blocked;
    private long _goodTicks;

    public int Failed => Volatile.Read(ref _failed);

    public int Blocked => Volatile.Read(ref _blocked);

    /// <summary>Gets the mean time of those that did not fail, in ticks, and how many they were.</summary>
    public (double Mean, int Count) Good
    {
        get
        {
            var count = _times.Sum() - Failed;
            return count <= 0 ? (0, 0) : ((double)Volatile.Read(ref _goodTicks) / count, count);
        }
    }

    public void Add(bool failed, long ticks)
    {
        Interlocked.Increment(ref _times[LatencyScale.IndexOf(ticks)]);
        if (failed)
        {
            Interlocked.Increment(ref _failed);
        }
        else
        {
            Interlocked.Add(ref _goodTicks, ticks);
        }
    }

    /// <summary>What was counted as good turned out to be unusable.</summary>
    public void Spoil() => Interlocked.Increment(ref _failed);

    public void Block() => Interlocked.Increment(ref _blocked);

    public void AddTo(Span<long> times)
    {
        for (var i = 0; i < times.Length; i++)
        {
            times[i] += Volatile.Read(ref _times[i]);
        }
    }

    public void Clear()
    {
        Array.Clear(_times);
        _failed = _blocked = 0;
        _goodTicks = 0;
    }
}

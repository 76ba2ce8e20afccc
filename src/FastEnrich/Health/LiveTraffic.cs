namespace FastEnrich.Health;

/// <summary>
/// Counts a plugin's calls over a sliding window: a ring of slices, the oldest of which is cleared when a new one begins. Counting takes no lock and
/// allocates nothing; memory is 6 kB. Times are monotonic ticks.
/// </summary>
internal sealed class LiveTraffic
{
    private const int Slices = 6;

    private readonly Lock _turn = new();
    private readonly TrafficSlice[] _slices = [.. Enumerable.Range(0, Slices).Select(static _ => new TrafficSlice())];
    private readonly LatencyBaseline _baseline = new();
    private readonly long _length;
    private long _end;
    private int _current;

    public LiveTraffic(TimeSpan window) => _length = Math.Max(1, window.Ticks / Slices);

    public void Add(bool failed, long ticks, long now) => Slice(now).Add(failed, ticks);

    /// <summary>A call that was counted as good brought a result that breaks the contract.</summary>
    public void Spoil(long now) => Slice(now).Spoil();

    public void Block(long now) => Slice(now).Block();

    public TrafficReading Read(long now)
    {
        Slice(now);
        var times = new long[LatencyScale.Buckets];
        var (failed, blocked) = (0L, 0);
        lock (_turn)
        {
            foreach (var slice in _slices)
            {
                slice.AddTo(times);
                failed += slice.Failed;
                blocked += slice.Blocked;
            }

            var calls = times.Sum();
            return calls == 0 ? new(0, 0, blocked, null, 1) : new(calls, Math.Min(failed, calls), blocked, Percentiles(times, calls), _baseline.Slowness);
        }
    }

    private static ResponseTimes Percentiles(long[] times, long calls)
    {
        double At(int percent)
        {
            var rank = ((calls * percent) + 99) / 100;
            var index = -1;
            while (rank > 0)
            {
                rank -= times[++index];
            }

            return LatencyScale.Milliseconds(index);
        }

        return new(At(50), At(95), At(99));
    }

    private TrafficSlice Slice(long now)
    {
        if (now >= Volatile.Read(ref _end))
        {
            Turn(now);
        }

        return _slices[Volatile.Read(ref _current)];
    }

    private void Turn(long now)
    {
        lock (_turn)
        {
            for (var turned = 0; now >= _end; turned++)
            {
                if (turned == Slices)
                {
                    _end += (now - _end) / _length * _length; // nothing was called for longer than the window: all slices are clear
                }

                var (mean, count) = _slices[_current].Good;
                _baseline.Add(mean, count);
                var next = (_current + 1) % Slices;
                _slices[next].Clear();
                Volatile.Write(ref _current, next);
                Volatile.Write(ref _end, _end + _length);
            }
        }
    }
}

namespace FastEnrich.Pipeline;

/// <summary>A hashed timing wheel of one-millisecond buckets: adding and removing a deadline is a few writes, whatever their number.</summary>
internal sealed class DeadlineWheel
{
    private const int Buckets = 4096;

    private readonly Lock _lock = new();
    private readonly DeadlineNode?[] _heads = new DeadlineNode?[Buckets];
    private long _cursor = long.MinValue; // the millisecond up to which everything was popped
    private int _count;

    public void Add(DeadlineNode node)
    {
        var millisecond = node.Due / TimeSpan.TicksPerMillisecond;
        lock (_lock)
        {
            // An overdue node goes where the next pop looks first.
            var bucket = (int)(Math.Max(millisecond, _cursor) & (Buckets - 1));
            node.Bucket = bucket;
            node.WheelPrevious = null;
            node.WheelNext = _heads[bucket];
            if (node.WheelNext is not null)
            {
                node.WheelNext.WheelPrevious = node;
            }

            _heads[bucket] = node;
            _count++;
        }
    }

    public void Remove(DeadlineNode node)
    {
        lock (_lock)
        {
            if (node.Bucket >= 0)
            {
                Unlink(node);
            }
        }
    }

    /// <summary>Takes one node whose deadline has passed.</summary>
    public bool PopDue(long mono, out DeadlineNode node, out int version)
    {
        var now = mono / TimeSpan.TicksPerMillisecond;
        lock (_lock)
        {
            if (_count == 0)
            {
                _cursor = now;
                node = null!;
                version = 0;
                return false;
            }

            for (var millisecond = Math.Max(_cursor, now - Buckets + 1); millisecond <= now; millisecond++)
            {
                _cursor = millisecond;
                for (var candidate = _heads[(int)(millisecond & (Buckets - 1))]; candidate is not null; candidate = candidate.WheelNext)
                {
                    if (candidate.Due <= mono)
                    {
                        Unlink(candidate);
                        node = candidate;
                        version = candidate.Version;
                        return true;
                    }
                }
            }
        }

        node = null!;
        version = 0;
        return false;
    }

    /// <summary>Finds the earliest deadline up to a horizon; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextDue(long horizon)
    {
        var earliest = long.MaxValue;
        lock (_lock)
        {
            if (_count == 0)
            {
                return earliest;
            }

            var last = horizon == long.MaxValue ? _cursor + Buckets - 1 : Math.Min(_cursor + Buckets - 1, horizon / TimeSpan.TicksPerMillisecond);
            for (var millisecond = _cursor; millisecond <= last; millisecond++)
            {
                for (var node = _heads[(int)(millisecond & (Buckets - 1))]; node is not null; node = node.WheelNext)
                {
                    earliest = Math.Min(earliest, node.Due);
                }
            }
        }

        return earliest;
    }

    private void Unlink(DeadlineNode node)
    {
        if (node.WheelPrevious is null)
        {
            _heads[node.Bucket] = node.WheelNext;
        }
        else
        {
            node.WheelPrevious.WheelNext = node.WheelNext;
        }

        if (node.WheelNext is not null)
        {
            node.WheelNext.WheelPrevious = node.WheelPrevious;
        }

        node.WheelNext = node.WheelPrevious = null;
        node.Bucket = -1;
        _count--;
    }
}

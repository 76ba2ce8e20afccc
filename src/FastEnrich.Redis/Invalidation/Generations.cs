namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// Which generation the records of each plugin must have. A generation that may have changed is not known, and what is not known is not used: so a
/// message is a reason to look and never the answer, whoever sent it.
/// </summary>
internal sealed class Generations
{
    private const int MaxPlugins = 4096; // remembered; an engine has 64, and other engines may share the prefix

    private const int MaxDoubted = 256; // each costs a copy of what is known; beyond it nothing is known until the next read, which follows at once

    private readonly Lock _lock = new();
    private readonly HashSet<string> _doubted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _largest = new(StringComparer.Ordinal); // ever seen: Redis may lose the hash and keep records
    private volatile Dictionary<string, long?>? _known; // copied when written
    private long _epoch;

    public long Epoch => Volatile.Read(ref _epoch);

    public long? Of(string plugin) => _known is { } known ? known.GetValueOrDefault(plugin, 0) : null;

    /// <summary>From here on nothing is known.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _known = null;
        }
    }

    /// <summary>From here on this plugin's generation is not known, until it is read again.</summary>
    public void Doubt(string plugin)
    {
        lock (_lock)
        {
            _epoch++;
            if (_doubted.Add(plugin) && _known is { } known)
            {
                _known = _doubted.Count > MaxDoubted ? null : new Dictionary<string, long?>(known, StringComparer.Ordinal) { [plugin] = null };
            }
        }
    }

    /// <summary>Takes what a read brought that began after the last doubt.</summary>
    /// <returns>What Redis has lost, to be put back.</returns>
    public IReadOnlyList<KeyValuePair<string, long>> Learn(IReadOnlyDictionary<string, long?> read)
    {
        lock (_lock)
        {
            var known = new Dictionary<string, long?>(StringComparer.Ordinal);
            foreach (var (plugin, generation) in read)
            {
                known[plugin] = generation is null ? null : Largest(plugin, generation.Value);
            }

            List<KeyValuePair<string, long>> lost = [];
            foreach (var (plugin, generation) in _largest)
            {
                if (!known.TryGetValue(plugin, out var now) || (now is not null && read[plugin] < generation))
                {
                    known[plugin] = generation;
                    lost.Add(new(plugin, generation));
                }
            }

            _doubted.Clear();
            _known = known;
            return lost;
        }
    }

    /// <summary>A generation that this instance made itself.</summary>
    public void Raise(string plugin, long generation)
    {
        lock (_lock)
        {
            var largest = Largest(plugin, generation);
            if (_known is { } known && !_doubted.Contains(plugin))
            {
                _known = new Dictionary<string, long?>(known, StringComparer.Ordinal) { [plugin] = largest };
            }
        }
    }

    private long Largest(string plugin, long generation)
    {
        var before = _largest.GetValueOrDefault(plugin);
        if (generation <= before)
        {
            return before;
        }

        _epoch++;
        if (_largest.Count < MaxPlugins || before != 0)
        {
            _largest[plugin] = generation;
        }

        return generation;
    }
}

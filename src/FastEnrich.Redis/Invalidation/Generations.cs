using System.Security.Cryptography;

namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// Which generation the records of each plugin must have. A generation that may have changed is not known, and what is not known is not used: so a
/// message is a reason to look and never the answer, whoever sent it.
/// </summary>
internal sealed class Generations
{
    private const int MaxPlugins = 4096; // remembered; an engine has 64, and other engines may share the prefix

    private const int MaxDoubted = 256; // each costs a copy of what is known; beyond it nothing is known until the next read, which follows at once

    /// <summary>
    /// Counts how often Redis has lost its data, as far as anybody has noticed; no plugin has this name. It begins with any number, so that what begins anew is not
    /// taken for what was there before.
    /// </summary>
    public const string Losses = "!";

    private const int MaxFirst = int.MaxValue;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _doubted = new(StringComparer.Ordinal); // and the last read that had begun by then
    private readonly Dictionary<string, long> _largest = new(StringComparer.Ordinal); // ever seen: Redis may lose the hash and keep records
    private readonly Dictionary<string, long> _raised = new(StringComparer.Ordinal); // by this instance, and the last read that had begun by then
    private volatile Dictionary<string, long?>? _known; // copied when written
    private long _epoch;
    private long _life;
    private long _read; // the last that has begun
    private long _allDoubted = -1; // the last that had begun when more were doubted than are told apart

    public long Epoch => Volatile.Read(ref _epoch);

    public long Life => Volatile.Read(ref _life);

    public long? Of(string plugin) => _known is { } known ? known.GetValueOrDefault(plugin, 0) : null;

    /// <summary>From here on nothing is known, and no read that has begun will change that.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _read++;
            _known = null;
        }
    }

    /// <summary>From here on this plugin's generation is not known, until it is read again.</summary>
    public void Doubt(string plugin)
    {
        lock (_lock)
        {
            _epoch++;
            var isNew = !_doubted.ContainsKey(plugin);
            if (isNew && _doubted.Count == MaxDoubted)
            {
                (_allDoubted, _known) = (_read, null);
                return;
            }

            _doubted[plugin] = _read;
            if (isNew && _known is { } known)
            {
                _known = new Dictionary<string, long?>(known, StringComparer.Ordinal) { [plugin] = null };
            }
        }
    }

    /// <summary>A read begins: what it brings answers every doubt until here.</summary>
    /// <returns>What names it to <see cref="Learn"/>; one at a time.</returns>
    public long BeginRead()
    {
        lock (_lock)
        {
            return ++_read;
        }
    }

    /// <summary>
    /// Takes what a read brought, but for what was doubted since it began. What Redis has lost gets a new generation: what was dropped meanwhile, by somebody who
    /// counted from the beginning, nobody can tell.
    /// </summary>
    /// <returns>What is to be put into Redis, and the plugins that turn out to have been dropped without a word of it.</returns>
    public (IReadOnlyList<KeyValuePair<string, long>> Lost, IReadOnlyList<string> Dropped) Learn(long begun, IReadOnlyDictionary<string, long?> read)
    {
        lock (_lock)
        {
            if (begun != _read)
            {
                return ([], []);
            }

            var known = new Dictionary<string, long?>(StringComparer.Ordinal);
            foreach (var (plugin, generation) in read)
            {
                known[plugin] = generation is null ? null : Largest(plugin, generation.Value);
            }

            var lost = Lost(begun, read);
            foreach (var (plugin, generation) in lost)
            {
                Largest(plugin, generation);
            }

            foreach (var (plugin, generation) in _largest)
            {
                known[plugin] = known.TryGetValue(plugin, out var now) && now is null ? null : generation;
            }

            List<string> dropped = [];
            foreach (var (plugin, generation) in known)
            {
                if (_known is { } before && before.GetValueOrDefault(plugin, 0) < generation && plugin != Losses)
                {
                    dropped.Add(plugin);
                }
            }

            foreach (var (plugin, begunBefore) in _doubted.ToArray())
            {
                if (begunBefore < begun)
                {
                    _doubted.Remove(plugin);
                }
                else
                {
                    known[plugin] = null;
                }
            }

            _known = _allDoubted < begun ? known : null;
            return (lost, dropped);
        }
    }

    /// <summary>The generation of a drop that Redis has counted: it is larger than any before, also where Redis has lost what it had counted.</summary>
    public long After(string plugin, long counted)
    {
        lock (_lock)
        {
            return Math.Max(counted, _largest.GetValueOrDefault(plugin) + 1);
        }
    }

    /// <summary>A generation that this instance made itself.</summary>
    public void Raise(string plugin, long generation)
    {
        lock (_lock)
        {
            var largest = Largest(plugin, generation);
            if (_largest.ContainsKey(plugin))
            {
                _raised[plugin] = _read; // no more names than are remembered
            }

            if (_known is { } known && !_doubted.ContainsKey(plugin))
            {
                _known = new Dictionary<string, long?>(known, StringComparer.Ordinal) { [plugin] = largest };
            }
        }
    }

    private List<KeyValuePair<string, long>> Lost(long begun, IReadOnlyDictionary<string, long?> read)
    {
        List<KeyValuePair<string, long>> lost = [];
        foreach (var (plugin, generation) in _largest)
        {
            var isOlder = _raised.TryGetValue(plugin, out var before) && before >= begun; // the read does not know of it yet
            if (!isOlder && (!read.TryGetValue(plugin, out var now) || now < generation))
            {
                lost.Add(new(plugin, generation + 1));
            }
        }

        if (!read.ContainsKey(Losses) && !_largest.ContainsKey(Losses))
        {
            lost.Add(new(Losses, RandomNumberGenerator.GetInt32(1, MaxFirst)));
        }

        return lost;
    }

    private long Largest(string plugin, long generation)
    {
        var before = _largest.GetValueOrDefault(plugin);
        if (generation <= before)
        {
            return before;
        }

        _epoch++;
        if (plugin == Losses)
        {
            Volatile.Write(ref _life, generation);
        }

        if (_largest.Count < MaxPlugins || before != 0 || plugin == Losses)
        {
            _largest[plugin] = generation;
        }

        return generation;
    }
}

using System.Security.Cryptography;

namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// Which generation the records of each plugin must have: how often it was dropped since the hash began that counts it. A generation that may have changed is not
/// known, and what is not known is not used: so a message is a reason to look and never the answer, whoever sent it.
/// </summary>
internal sealed class Generations
{
    /// <summary>The beginning of what is counted, a number that only rises and that nobody made before; no plugin has this name.</summary>
    public const string Beginning = "!";

    private const int MaxPlugins = 4096; // remembered; an engine has 64, and other engines may share the prefix

    private const int MaxDoubted = 256; // each costs a copy of what is known; beyond it nothing is known until the next read, which follows at once

    private const long MaxBeginning = 1L << 52; // only somebody else comes so far

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _doubted = new(StringComparer.Ordinal); // and the last read that had begun by then
    private readonly Dictionary<string, long> _counted = new(StringComparer.Ordinal); // the most that was seen since this beginning
    private readonly Dictionary<string, long> _raised = new(StringComparer.Ordinal); // by this instance, and the last read that had begun by then
    private volatile Dictionary<string, long?>? _known; // copied when written
    private long _epoch;
    private long _life;
    private bool _isAlone; // this beginning is not in Redis
    private long _read; // the last that has begun
    private long _allDoubted = -1; // the last that had begun when more were doubted than are told apart

    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Gets the beginning that is known; 0 before the first.</summary>
    public long Life => Volatile.Read(ref _life);

    /// <summary>What the records of a plugin carry; <see langword="null"/> when it is not known.</summary>
    public long? Of(string plugin) => _known is { } known && known.GetValueOrDefault(plugin, 0) is { } drops ? unchecked((Life << 32) + drops) : null;

    /// <summary>A beginning that is larger than the one known, and that nobody else makes.</summary>
    public long NewBeginning() => (Life < MaxBeginning ? Life : 0) + RandomNumberGenerator.GetInt32(1, int.MaxValue);

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
    /// <returns>What names it to <see cref="TryLearn"/>; one at a time.</returns>
    public long BeginRead()
    {
        lock (_lock)
        {
            return ++_read;
        }
    }

    /// <summary>
    /// Takes what a read brought, but for what was doubted since it began; <see langword="false"/> when that is behind what was seen before. Then Redis has lost the
    /// hash or a part of it, what was dropped since nobody can tell, and there must be another beginning.
    /// </summary>
    /// <param name="begun">What <see cref="BeginRead"/> returned.</param>
    /// <param name="read">What was read.</param>
    /// <param name="dropped">The plugins that turn out to have been dropped without a word of it, be it that nothing was heard meanwhile.</param>
    public bool TryLearn(long begun, IReadOnlyDictionary<string, long?> read, out IReadOnlyList<string> dropped)
    {
        lock (_lock)
        {
            dropped = [];
            if (begun != _read)
            {
                return true;
            }

            if (read.GetValueOrDefault(Beginning) is not (> 0 and var life) || (life < _life && !_isAlone) || (life == _life && IsBehind(begun, read)))
            {
                return false;
            }

            var isFirst = _life == 0;
            if (life != _life)
            {
                Begin(life);
            }

            _isAlone = false;
            List<string> risen = [];
            foreach (var (plugin, drops) in read)
            {
                if (Count(plugin, drops ?? 0) && !isFirst && !_doubted.ContainsKey(plugin))
                {
                    risen.Add(plugin);
                }
            }

            Know(begun, read);
            dropped = risen;
            return true;
        }
    }

    /// <summary>Begins without Redis, which has lost what it counted and refuses to count anew.</summary>
    public void BeginAlone(long begun)
    {
        lock (_lock)
        {
            if (begun != _read)
            {
                return;
            }

            if (!_isAlone)
            {
                Begin(NewBeginning());
                _isAlone = true;
            }

            Know(begun, new Dictionary<string, long?>());
        }
    }

    /// <summary>
    /// A drop by this instance, as Redis has counted it; <see langword="false"/> when that was since another beginning, after which nothing is known until the next read.
    /// </summary>
    public bool TryRaise(string plugin, long life, long drops)
    {
        lock (_lock)
        {
            if (life != _life)
            {
                _read++;
                _known = null;
                return false;
            }

            Count(plugin, drops);
            if (_counted.ContainsKey(plugin))
            {
                _raised[plugin] = _read; // no more names than are remembered
            }

            if (_known is { } known && !_doubted.ContainsKey(plugin))
            {
                _known = new Dictionary<string, long?>(known, StringComparer.Ordinal) { [plugin] = _counted.GetValueOrDefault(plugin, drops) };
            }

            return true;
        }
    }

    private bool IsBehind(long begun, IReadOnlyDictionary<string, long?> read)
    {
        foreach (var (plugin, drops) in _counted)
        {
            var isOlder = _raised.TryGetValue(plugin, out var before) && before >= begun; // the read does not know of it yet
            if (!isOlder && (!read.TryGetValue(plugin, out var now) || now < drops))
            {
                return true;
            }
        }

        return false;
    }

    private void Begin(long life)
    {
        _epoch++;
        Volatile.Write(ref _life, life);
        _counted.Clear();
        _raised.Clear();
    }

    /// <returns>Whether it was dropped since it was last counted.</returns>
    private bool Count(string plugin, long drops)
    {
        if (plugin == Beginning || drops <= _counted.GetValueOrDefault(plugin))
        {
            return false;
        }

        _epoch++;
        if (_counted.Count < MaxPlugins || _counted.ContainsKey(plugin))
        {
            _counted[plugin] = drops;
        }

        return true;
    }

    /// <summary>What is counted is known from here on, but for what was doubted since a read began and for what could not be read.</summary>
    private void Know(long begun, IReadOnlyDictionary<string, long?> read)
    {
        var known = _counted.ToDictionary(static counted => counted.Key, static counted => (long?)counted.Value, StringComparer.Ordinal);
        foreach (var (plugin, _) in read.Where(static entry => entry.Value is null))
        {
            known[plugin] = null;
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
    }
}

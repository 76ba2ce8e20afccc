using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Tests.Fakes;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Soak;

/// <summary>One Redis: what arrives is done in one step. It can refuse writes, lose all it has, or only the hash of generations.</summary>
internal sealed class SimServer(TimeProvider time)
{
    private readonly Dictionary<string, string> _generations = [];
    private FakeRedis _redis = new(time);

    public List<SimWire> Wires { get; } = [];

    /// <summary>Gets what a broken connection had taken and the server does later.</summary>
    public List<SimCommand> Limbo { get; } = [];

    public bool RefusesWrites { get; set; }

    /// <summary>Called after a user was erased, with the key.</summary>
    public Action<string> Erased { get; set; } = static _ => { };

    /// <summary>Called with what a script has written: key, plugin, record.</summary>
    public Action<string, string, byte[]> Written { get; set; } = static (_, _, _) => { };

    /// <summary>Called after a generation was counted up, with the plugin.</summary>
    public Action<string> Dropped { get; set; } = static _ => { };

    public RedisValue[] Get(RedisKey key, RedisValue[] fields) => _redis.GetAsync(key, fields).GetAwaiter().GetResult();

    public RedisResult Evaluate(string script, RedisKey key, RedisValue[] arguments)
    {
        Refuse();
        var result = _redis.EvaluateAsync(script, key, arguments).GetAwaiter().GetResult();
        if (script == EraseScript.Text)
        {
            Erased(key!);
        }
        else if ((string?)result is { } answer && answer != WriteScript.Refused)
        {
            for (var i = 0; i < answer.Length; i++)
            {
                if (answer[i] != WriteScript.Kept)
                {
                    Written(key!, arguments[3 + (2 * i)]!, (byte[])arguments[4 + (2 * i)]!);
                }
            }
        }

        return result;
    }

    public IReadOnlyDictionary<string, string> Generations() => new Dictionary<string, string>(_generations);

    public (long Beginning, long Drops) Drop(string plugin, long known, long beginning)
    {
        Refuse();
        var drop = Begin(Math.Max(1, known) - 1, beginning)
            ? (beginning, 0)
            : (long.Parse(_generations[Redis.Invalidation.Generations.Beginning]), long.Parse(_generations.GetValueOrDefault(plugin, "0")) + 1);
        if (drop.Item2 > 0)
        {
            _generations[plugin] = $"{drop.Item2}";
        }

        Dropped(plugin);
        return drop;
    }

    public bool Begin(long known, long beginning)
    {
        Refuse();
        if (_generations.TryGetValue(Redis.Invalidation.Generations.Beginning, out var now) && long.Parse(now) > known)
        {
            return false;
        }

        _generations.Clear();
        _generations[Redis.Invalidation.Generations.Beginning] = $"{beginning}";
        return true;
    }

    public void Publish(ReadOnlyMemory<byte> message)
    {
        foreach (var wire in Wires)
        {
            wire.Post(message);
        }
    }

    /// <summary>The hash of generations is evicted.</summary>
    public void Evict() => _generations.Clear();

    /// <summary>Comes back empty.</summary>
    public void Restart()
    {
        _generations.Clear();
        _redis = new FakeRedis(time);
        Limbo.Clear();
    }

    private void Refuse()
    {
        if (RefusesWrites)
        {
            throw new RedisServerException(RedisErrorKind.ReadOnly, CommandFlags.None, "READONLY");
        }
    }
}

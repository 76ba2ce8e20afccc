using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Writing;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>
/// The part of Redis that profiles use, in memory: hashes with an expiry, and the two scripts, done here as their texts do them there. That the
/// texts do so is the server tests' to show.
/// </summary>
internal sealed class FakeRedis(TimeProvider time) : IRedisCommands
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, byte[]>> _hashes = [];
    private readonly Dictionary<string, DateTimeOffset> _expiries = [];
    private TaskCompletionSource? _held;

    public bool IsConnected { get; set; } = true;

    /// <summary>Gets the keys whose node of a cluster is away: commands for them fail.</summary>
    public HashSet<RedisKey> Away { get; } = [];

    /// <summary>Gets the slots of keys, as in a cluster; those that are not here have none.</summary>
    public Dictionary<RedisKey, int> HashSlots { get; } = [];

    /// <summary>Gets or sets what every command fails with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Gets or sets which keys' commands fail.</summary>
    public Func<RedisKey, bool> Fails { get; set; } = static _ => true;

    public int Reads { get; private set; }

    public int Scripts { get; private set; }

    /// <summary>Gets the keys and fields that there are.</summary>
    public string[] Fields
    {
        get
        {
            lock (_lock)
            {
                return [.. _hashes.SelectMany(static hash => hash.Value.Keys.Select(name => $"{hash.Key} {name}")).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>From here on commands are neither done nor answered, until <see cref="Release"/>.</summary>
    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _held?.SetResult();
        _held = null;
    }

    public byte[]? Get(string key, string field)
    {
        lock (_lock)
        {
            return Hash(key).GetValueOrDefault(field);
        }
    }

    public void Set(string key, string field, byte[] value)
    {
        lock (_lock)
        {
            Hash(key)[field] = value;
        }
    }

    public TimeSpan? LifeOf(string key) => _expiries.TryGetValue(key, out var expiry) ? expiry - time.GetUtcNow() : null;

    public bool IsAway(RedisKey key) => Away.Contains(key);

    public int SlotOf(RedisKey key) => HashSlots.GetValueOrDefault(key, -1);

    public async Task<RedisValue[]> GetAsync(RedisKey key, RedisValue[] fields)
    {
        Reads++;
        if (IsAway(key))
        {
            throw new RedisAwayException();
        }

        await DelayAsync(key).ConfigureAwait(false);
        lock (_lock)
        {
            var hash = Hash(key!);
            return [.. fields.Select(field => hash.TryGetValue(field!, out var value) ? (RedisValue)value : RedisValue.Null)];
        }
    }

    public async Task<RedisResult> EvaluateAsync(string script, RedisKey key, RedisValue[] arguments)
    {
        Scripts++;
        await DelayAsync(key).ConfigureAwait(false);
        lock (_lock)
        {
            return script switch
            {
                WriteScript.Text => RedisResult.Create((RedisValue)Write(key!, arguments)),
                EraseScript.Text => RedisResult.Create((RedisValue)Erase(key!, arguments)),
                _ => throw new ArgumentException("This script is not known.", nameof(script)),
            };
        }
    }

    private async Task DelayAsync(RedisKey key)
    {
        if (_held is { } held)
        {
            await held.Task.ConfigureAwait(false);
        }

        if (Failure is not null && Fails(key))
        {
            throw Failure;
        }
    }

    private string Write(string key, RedisValue[] arguments)
    {
        var hash = Hash(key);
        if ((hash.TryGetValue("!", out var token) ? System.Text.Encoding.UTF8.GetString(token) : "") != (string?)arguments[0])
        {
            return WriteScript.Refused;
        }

        var answer = "";
        for (var i = 3; i < arguments.Length; i += 2)
        {
            var (name, record) = ((string)arguments[i]!, (byte[])arguments[i + 1]!);
            var old = hash.GetValueOrDefault(name);
            var replaces = old is { Length: >= 12 } && old.AsSpan(0, 3).SequenceEqual(record.AsSpan(0, 3));
            var isKept = replaces && (old.AsSpan().SequenceEqual(record) || Compare(old!, record) > 0) && Compare(old!, (byte[])arguments[2]!) <= 0;
            answer += isKept ? WriteScript.Kept : replaces ? WriteScript.Replaced : WriteScript.Added;
            hash[name] = isKept ? old! : record;
        }

        var expiry = time.GetUtcNow() + TimeSpan.FromMilliseconds((long)arguments[1]);
        _expiries[key] = _expiries.TryGetValue(key, out var known) && known > expiry ? known : expiry;
        return answer;
    }

    private int Erase(string key, RedisValue[] arguments)
    {
        _hashes[key] = new() { ["!"] = (byte[])arguments[0]! };
        _expiries[key] = time.GetUtcNow() + TimeSpan.FromMilliseconds((long)arguments[1]);
        return 1;
    }

    private Dictionary<string, byte[]> Hash(string key)
    {
        if (_expiries.TryGetValue(key, out var expiry) && expiry <= time.GetUtcNow())
        {
            _expiries.Remove(key);
            _hashes.Remove(key);
        }

        return _hashes.TryGetValue(key, out var hash) ? hash : _hashes[key] = [];
    }

    private static int Compare(byte[] first, byte[] second) => first.AsSpan(4, 8).SequenceCompareTo(second.AsSpan(4, 8));
}

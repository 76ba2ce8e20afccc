using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <summary>All that profiles need of Redis: two commands on one key each.</summary>
internal interface IRedisCommands
{
    /// <summary>Gets whether there is a connection; without one, a command fails at once.</summary>
    bool IsConnected { get; }

    /// <summary>Whether the one node of a cluster that has this key is not connected, while others may be: a command for it would wait for a connection in vain.</summary>
    bool IsAway(RedisKey key);

    /// <summary>The slot of a cluster that has this key; negative without a cluster.</summary>
    int SlotOf(RedisKey key);

    /// <summary>HMGET. The task may outlive every deadline of ours, and ends by itself.</summary>
    Task<RedisValue[]> GetAsync(RedisKey key, RedisValue[] fields);

    /// <summary>Runs a script of ours on one key.</summary>
    Task<RedisResult> EvaluateAsync(string script, RedisKey key, RedisValue[] arguments);
}

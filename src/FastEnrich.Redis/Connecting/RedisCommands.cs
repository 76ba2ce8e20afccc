using StackExchange.Redis;

namespace FastEnrich.Redis.Connecting;

/// <inheritdoc cref="IRedisCommands"/>
internal sealed class RedisCommands(RedisLink link) : IRedisCommands
{
    public bool IsConnected => link.IsConnected;

    public bool IsAway(RedisKey key) => link.IsAway(key);

    public int SlotOf(RedisKey key) => link.SlotOf(key);

    // The multiplexer pipelines the commands of concurrent callers by itself; replicas may be behind, so only the primary is asked.
    public Task<RedisValue[]> GetAsync(RedisKey key, RedisValue[] fields) =>
        link.TryGetDatabase(out var database)
            ? database.HashGetAsync(key, fields, CommandFlags.DemandMaster)
            : Task.FromException<RedisValue[]>(new RedisAwayException());

    // By its hash; the client loads the script where the server does not know it (any more).
    public Task<RedisResult> EvaluateAsync(string script, RedisKey key, RedisValue[] arguments) =>
        link.TryGetDatabase(out var database)
            ? database.ScriptEvaluateAsync(script, [key], arguments, CommandFlags.DemandMaster)
            : Task.FromException<RedisResult>(new RedisAwayException());
}

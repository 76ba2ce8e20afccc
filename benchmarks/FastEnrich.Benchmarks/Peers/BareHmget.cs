using FastEnrich.Benchmarks.Workload;
using StackExchange.Redis;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>The same HMGET in a loop around StackExchange.Redis: what is read is neither checked nor kept.</summary>
internal sealed class BareHmget : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _redis;
    private readonly IDatabase _database;
    private readonly RedisValue[] _fields;
    private readonly EnrichedProfile _complete;

    private BareHmget(ConnectionMultiplexer redis, int plugins, EnrichedProfile complete)
    {
        _redis = redis;
        _database = redis.GetDatabase();
        _fields = ["!", .. Enumerable.Range(0, plugins).Select(plugin => (RedisValue)Sample.PluginName(plugin))];
        _complete = complete;
    }

    public static async Task<BareHmget> StartAsync(string address, int plugins, EnrichedProfile complete) =>
        new(await ConnectionMultiplexer.ConnectAsync(address), plugins, complete);

    public async ValueTask<EnrichedProfile> ReadAsync(string id)
    {
        var values = await _database.HashGetAsync("fe:1:{" + id + "}", _fields);
        for (var plugin = 1; plugin < values.Length; plugin++)
        {
            if (values[plugin].IsNull)
            {
                throw new InvalidOperationException("a read missed");
            }
        }

        return _complete;
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}

using FastEnrich.Caching;
using FastEnrich.Redis;
using StackExchange.Redis;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>
/// A connection for the peers and one of the tier, both new. Two connections of one process with the same options differ by up to 15 % for as long as they live, so
/// whoever compares what goes over two of them does it over several pairs.
/// </summary>
internal sealed class RedisSetup : IAsyncDisposable
{
    private RedisSetup(ConnectionMultiplexer connection, RedisProfileStore store) => (Connection, Store) = (connection, store);

    public ConnectionMultiplexer Connection { get; }

    public IProfileStore Store { get; }

    public static async Task<RedisSetup> OpenAsync(LocalRedis server)
    {
        var connection = await server.ConnectAsync();
        var store = RedisStoreFactory.Create(new FastEnrichOptions().AddRedis(server.Connection))!;
        var listener = new JoinedListener();
        store.Start(listener);
        await listener.Joined.WaitAsync(TimeSpan.FromSeconds(30));
        return new RedisSetup(connection, store);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

using StackExchange.Redis;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>What the runs ask of Redis itself.</summary>
internal static class LoadAdmin
{
    public static async Task<ConnectionMultiplexer> ConnectAsync(string connection) =>
        await ConnectionMultiplexer.ConnectAsync($"{connection},allowAdmin=true,abortConnect=false,connectTimeout=10000,asyncTimeout=30000");

    /// <summary>Connects to a server that is starting, as soon as it can be.</summary>
    public static async Task<ConnectionMultiplexer> ConnectAtOnceAsync(string connection)
    {
        while (true)
        {
            try
            {
                // A client's own pauses would be measured.
                return await ConnectionMultiplexer.ConnectAsync($"{connection},allowAdmin=true,abortConnect=true,connectTimeout=250,connectRetry=1");
            }
            catch (RedisConnectionException)
            {
                await Task.Delay(20);
            }
        }
    }

    public static Task<long> CountKeysAsync(this ConnectionMultiplexer redis) => redis.GetServers()[0].DatabaseSizeAsync();

    public static async Task<long> UsedMemoryAsync(this ConnectionMultiplexer redis) =>
        long.Parse((await redis.GetServers()[0].InfoAsync("memory"))[0].First(static line => line.Key == "used_memory").Value);

    /// <summary>Waits until an engine's results are written.</summary>
    public static async Task WhenWritingAsync(this ConnectionMultiplexer redis, LoadEngine engine, string name)
    {
        for (var i = 0; ; i++)
        {
            await engine.Manager.EnrichAsync($"{name}{i}");
            await Task.Delay(50);
            if (redis.IsConnected && await redis.GetDatabase().KeyExistsAsync($"fe:1:{{{name}{i}}}"))
            {
                return;
            }
        }
    }
}

using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>A proxy that does not fail as its switch says would make every other test here mean nothing.</summary>
[Collection(nameof(GarnetRedis))]
public sealed class FaultProxyServerTests(GarnetRedis server)
{
    [Theory]
    [InlineData(ProxyFault.Refuse)]
    [InlineData(ProxyFault.Hang)]
    [InlineData(ProxyFault.Garbage)]
    [InlineData(ProxyFault.Cut)]
    internal async Task Set_FaultThenNone_FailsAndPassesAgain(ProxyFault fault)
    {
        await using var proxy = new FaultProxy(server.Ports[0]);

        proxy.Set(fault);
        await Assert.ThrowsAnyAsync<RedisException>(() => PingAsync(proxy));
        proxy.Set(ProxyFault.None);

        await PingAsync(proxy);
    }

    [Fact]
    public async Task Set_Slow_DelaysEachChunk()
    {
        await using var proxy = new FaultProxy(server.Ports[0]) { Delay = TimeSpan.FromMilliseconds(100) };
        await using var client = await ConnectionMultiplexer.ConnectAsync(proxy.Connection);

        proxy.Set(ProxyFault.Slow);

        Assert.InRange(await client.GetDatabase().PingAsync(), TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(4));
    }

    private static async Task PingAsync(FaultProxy proxy)
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(proxy.Connection + ",connectTimeout=700,connectRetry=1,syncTimeout=700,asyncTimeout=700");
        await client.GetDatabase().PingAsync();
    }
}

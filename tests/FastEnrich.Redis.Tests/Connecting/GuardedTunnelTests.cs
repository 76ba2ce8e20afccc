using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Tests.Fakes;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class GuardedTunnelTests
{
    [Theory]
    [InlineData("$2147483647\r\n")] // unguarded, it ends the process
    [InlineData("*2\r\n$-1\r\n$67108865\r\n")]
    public async Task Read_LengthOutOfAllProportion_EndsTheConnectionAndNothingElse(string records)
    {
        await using var server = new HostileRedis(records);
        await using var client = await ConnectAsync(server.Port);

        var failure = await Assert.ThrowsAnyAsync<RedisException>(() => client.GetDatabase().HashGetAsync("user", ["crm", "!"]));

        Assert.Equal(ConnectionFailureType.InternalFailure, Assert.IsType<RedisConnectionException>(failure).FailureType);
    }

    [Fact]
    public async Task Read_RecordsOfARedis_AreRead()
    {
        await using var server = new HostileRedis("*2\r\n$6\r\nrecord\r\n$-1\r\n");
        await using var client = await ConnectAsync(server.Port);

        Assert.Equal(["record", RedisValue.Null], await client.GetDatabase().HashGetAsync("user", ["crm", "!"]));
    }

    /// <summary>With a patience that does not end: the machine may be loaded.</summary>
    private static async Task<ConnectionMultiplexer> ConnectAsync(int port)
    {
        Assert.True(ConnectionText.TryParse($"redis://127.0.0.1:{port}?connectTimeout=60000&asyncTimeout=60000", out var options));
        return await ConnectionMultiplexer.ConnectAsync(options);
    }
}

using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>The fixtures themselves.</summary>
public abstract class ServersServerTests(RedisServer server)
{
    [Fact]
    public async Task Server_HashAndScript_AnswersLikeRedis()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using var admin = await server.AdminAsync();
        RedisKey key = RedisServer.NewPrefix() + "{user}";

        await admin.GetDatabase().HashSetAsync(key, "field", "value");
        var read = await admin.GetDatabase().ScriptEvaluateAsync("return redis.call('HGET', KEYS[1], ARGV[1])", [key], ["field"]);

        Assert.Equal("value", (string?)read);
    }

    [Fact]
    public async Task Server_KilledAndRestarted_IsEmptyAndWhole()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        await using var admin = await server.AdminAsync();
        RedisKey key = RedisServer.NewPrefix() + "{user}";
        await admin.GetDatabase().StringSetAsync(key, "value");

        await server.KillAsync();
        await server.RestartAsync();

        await using var after = await server.AdminAsync();
        Assert.False(await after.GetDatabase().KeyExistsAsync(key));
    }
}

[Collection(nameof(GarnetRedis))]
public sealed class GarnetServersServerTests(GarnetRedis server) : ServersServerTests(server);

[Collection(nameof(SingleRedis))]
public sealed class RedisServersServerTests(SingleRedis server) : ServersServerTests(server);

[Collection(nameof(RedisCluster))]
public sealed class ClusterServersServerTests(RedisCluster server) : ServersServerTests(server);

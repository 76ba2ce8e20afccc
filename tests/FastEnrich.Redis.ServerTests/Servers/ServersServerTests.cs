using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>The fixtures themselves.</summary>
public abstract class ServersServerTests(RedisServer server)
{
    [Fact]
    public async Task Server_HashAndScript_AnswersLikeRedis()
    {
        server.SkipIfMissing();
        await using var admin = await server.AdminAsync();
        RedisKey key = RedisServer.NewPrefix() + "{user}";

        await admin.GetDatabase().HashSetAsync(key, "field", "value");
        var read = await admin.GetDatabase().ScriptEvaluateAsync("return redis.call('HGET', KEYS[1], ARGV[1])", [key], ["field"]);

        Assert.Equal("value", (string?)read);
    }

    [Fact]
    public async Task Server_KilledAndRestarted_IsEmptyAndWhole()
    {
        server.SkipIfMissing();
        await using var admin = await server.AdminAsync();
        RedisKey key = RedisServer.NewPrefix() + "{user}";
        await admin.GetDatabase().StringSetAsync(key, "value");

        await server.KillAsync();
        await server.RestartAsync();

        await using var after = await server.AdminAsync();
        Assert.False(await after.GetDatabase().KeyExistsAsync(key));
    }
}

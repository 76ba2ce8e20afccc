using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>A primary, its replica, and three sentinels that watch them.</summary>
internal sealed class RedisSentinel : IAsyncDisposable
{
    public const string Service = "fastenrich";

    private readonly List<RedisProcess> _data = [];
    private readonly List<RedisProcess> _sentinels = [];

    /// <summary>Gets what the tier is told: the sentinels alone.</summary>
    public string Connection => ConnectionOf(_sentinels);

    /// <summary>Gets what a tier is told that has to hear of the other two by itself.</summary>
    public string ConnectionOfFirst => ConnectionOf(_sentinels.Take(1));

    public static async Task<RedisSentinel> StartAsync()
    {
        var all = new RedisSentinel();
        var primary = FreePort.Next();
        all._data.Add(await RedisProcess.StartAsync(primary, "--repl-diskless-sync-delay", "0"));
        all._data.Add(await RedisProcess.StartAsync(FreePort.Next(), "--replicaof", "127.0.0.1", $"{primary}"));
        for (var i = 0; i < 3; i++)
        {
            all._sentinels.Add(await RedisProcess.StartSentinelAsync(
                FreePort.Next(),
                $"sentinel monitor {Service} 127.0.0.1 {primary} 2",
                $"sentinel down-after-milliseconds {Service} 1000",
                $"sentinel failover-timeout {Service} 6000"));
        }

        await Eventually.True(all.KnowsAllAsync, seconds: 60);
        return all;
    }

    public Task KillPrimaryAsync() => _data[0].KillAsync();

    /// <summary>The primary keeps its connections and never answers.</summary>
    public void SuspendPrimary() => _data[0].Suspend();

    /// <summary>Makes the replica the primary while the old one lives.</summary>
    public async Task FailOverAsync()
    {
        await using var admin = await ConnectionMultiplexer.SentinelConnectAsync($"127.0.0.1:{_sentinels[0].Port},allowAdmin=true,asyncTimeout=10000,connectTimeout=10000");
        await admin.GetServers()[0].SentinelFailoverAsync(Service);
    }

    public void SuspendFirstSentinel() => _sentinels[0].Suspend();

    public Task RestartFirstSentinelAsync() => _sentinels[0].StartAsync();

    public Task KillOtherSentinelsAsync() => Task.WhenAll(_sentinels.Skip(1).Select(static sentinel => sentinel.KillAsync()));

    public Task KillFirstSentinelAsync() => _sentinels[0].KillAsync();

    public Task KillSentinelsAsync() => Task.WhenAll(_sentinels.Select(static sentinel => sentinel.KillAsync()));

    public Task RestartSentinelsAsync() => Task.WhenAll(_sentinels.Select(static sentinel => sentinel.StartAsync()));

    /// <summary>Starts the killed one again; the sentinels make it a replica.</summary>
    public Task RestartOldPrimaryAsync() => _data[0].StartAsync();

    /// <summary>A connection to the node that was the replica.</summary>
    public Task<ConnectionMultiplexer> AdminOfReplicaAsync() => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_data[1].Port},allowAdmin=true,asyncTimeout=10000");

    /// <summary>
    /// A connection to whichever node is the primary, once the other one is its replica: where the machine is so busy that a node does not answer for a second, the
    /// sentinels may go back to the first.
    /// </summary>
    public async Task<ConnectionMultiplexer> AdminOfPrimaryWithReplicaAsync()
    {
        ConnectionMultiplexer? primary = null;
        await Eventually.True(
            async () =>
            {
                foreach (var node in _data)
                {
                    var admin = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{node.Port},allowAdmin=true,asyncTimeout=10000");
                    var info = (await admin.GetServers()[0].InfoAsync("replication")).SelectMany(static section => section);
                    if (info.Any(static line => line is { Key: "connected_slaves", Value: "1" }))
                    {
                        primary = admin;
                        return true;
                    }

                    await admin.DisposeAsync();
                }

                return false;
            },
            seconds: 60);
        return primary!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _sentinels.Concat(_data))
        {
            await process.DisposeAsync();
        }
    }

    private static string ConnectionOf(IEnumerable<RedisProcess> sentinels) =>
        $"{string.Join(',', sentinels.Select(static sentinel => $"127.0.0.1:{sentinel.Port}"))},serviceName={Service}";

    /// <summary>Whether each sentinel has found the replica and the two others.</summary>
    private async Task<bool> KnowsAllAsync()
    {
        foreach (var sentinel in _sentinels)
        {
            await using var admin = await ConnectionMultiplexer.SentinelConnectAsync($"127.0.0.1:{sentinel.Port},allowAdmin=true,asyncTimeout=10000,connectTimeout=10000");
            var server = admin.GetServers()[0];
            if ((await server.SentinelReplicasAsync(Service)).Length != 1 || (await server.SentinelSentinelsAsync(Service)).Length != 2)
            {
                return false;
            }
        }

        return true;
    }
}

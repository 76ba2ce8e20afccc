using System.Diagnostics;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.ServerTests.Servers;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Sentinels say where the primary is, and name another when it dies.</summary>
public sealed class SentinelServerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan L2Timeout = TimeSpan.FromMilliseconds(50);

    private readonly string _prefix = RedisServer.NewPrefix();

    [Fact]
    public async Task Failover_PrimaryKilled_NoRequestFailsOrWaitsAndTheTierIsBackByItself()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix, static options => options.Engine.L2Timeout = L2Timeout);
        await using var b = await Instance.JoinAsync(redis.Connection, _prefix, static options => options.Engine.L2Timeout = L2Timeout);
        await using var replica = await redis.AdminOfReplicaAsync();
        await using (var patient = await Instance.JoinAsync(redis.Connection, _prefix))
        {
            await patient.Manager.EnrichAsync("before"); // the others write nothing of whom they could not read in 50 ms
            await Eventually.True(() => replica.GetDatabase().HashExistsAsync(a.Key("before"), "crm"));
        }

        await a.Manager.EnrichAsync("before");

        await redis.KillPrimaryAsync();
        await Eventually.True(() => !a.Store.IsConnected && !b.Store.IsConnected);
        Assert.False((await a.Manager.ForgetAsync("meanwhile")).Complete);
        var back = Stopwatch.StartNew();
        var (requests, longest) = await a.EnrichUntilAsync(() => a.Store.IsConnected && b.Store.IsConnected);

        output.WriteLine($"{requests} requests, longest {longest.TotalMilliseconds:0} ms, back {back.Elapsed.TotalSeconds:0.0} s after it was noticed");
        Assert.True(longest < L2Timeout + TimeSpan.FromSeconds(1), $"{longest}");
        await Eventually.True(() => replica.GetDatabase().HashExistsAsync(a.Key("meanwhile"), "!")); // the forget of the time without a primary
        await Eventually.True(() => HasAsync(b, "before"));
        Assert.Equal("before", await b.CityAsync("before"));
        await Eventually.True(async () => (await a.Manager.ForgetAsync("before")).Complete);
        await Eventually.True(() => b.Manager.Inspect("before") is null);
    }

    [Fact]
    public async Task Failover_OldPrimaryComesBackAsReplica_ChangesNothing()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix);
        await redis.KillPrimaryAsync();
        await Eventually.True(() => !a.Store.IsConnected);
        await Eventually.True(() => a.Store.IsConnected, seconds: 60);

        await redis.RestartOldPrimaryAsync();
        await using var primary = await redis.AdminOfPrimaryWithReplicaAsync();

        await WritesArriveAsync(a, primary);
        await Eventually.True(async () => (await a.Manager.ForgetAsync("u0")).Complete);
    }

    [Fact]
    public async Task Failover_OldPrimaryLives_TierGoesToTheNewOne()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix);
        await using var b = await Instance.JoinAsync(redis.Connection, _prefix);

        await redis.FailOverAsync();

        await using var replica = await redis.AdminOfReplicaAsync();
        await WritesArriveAsync(a, replica);
        await a.Manager.EnrichAsync("shared");
        await b.Manager.EnrichAsync("shared");
        await Eventually.True(async () => (await a.Manager.ForgetAsync("shared")).Complete);
        await Eventually.True(() => b.Manager.Inspect("shared") is null); // heard of the other through the new one
    }

    [Fact]
    public async Task Failover_NamedSentinelIsGone_TheOthersAreAsked()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.ConnectionOfFirst, _prefix);

        await redis.KillFirstSentinelAsync();
        await redis.KillPrimaryAsync();

        await using var replica = await redis.AdminOfReplicaAsync();
        await WritesArriveAsync(a, replica);
    }

    [Fact]
    public async Task Failover_PrimaryAndASentinelHang_TierGoesToTheNewOne()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix, static options => options.Engine.L2Timeout = L2Timeout);

        redis.SuspendFirstSentinel(); // as when one machine goes silent
        redis.SuspendPrimary();

        await using var replica = await redis.AdminOfReplicaAsync();
        await WritesArriveAsync(a, replica);
    }

    [Fact]
    public async Task Failover_OnlyASentinelThatHasNotHeardOfItIsLeft_TierStaysWithTheNewOne()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix);
        await redis.KillFirstSentinelAsync();
        await redis.KillPrimaryAsync();
        await Eventually.True(() => !a.Store.IsConnected);
        await Eventually.True(() => a.Store.IsConnected, seconds: 60);

        await redis.KillOtherSentinelsAsync();
        await redis.RestartFirstSentinelAsync();

        await StaysAsync(a);
    }

    [Fact]
    public async Task Start_NoSentinelAnswers_RequestsGoOnAndTheTierComesWithThem()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await redis.KillSentinelsAsync();
        await using var a = await Instance.StartAsync(redis.Connection, _prefix);
        Assert.True((await a.Manager.EnrichAsync("before")).Complete);
        Assert.False(a.Store.IsConnected);

        await redis.RestartSentinelsAsync();

        await Eventually.True(() => a.Store.IsConnected);
    }

    [Fact]
    public async Task SentinelsGone_PrimaryLives_TierStays()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        await using var redis = await RedisSentinel.StartAsync();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix);

        await redis.KillSentinelsAsync();

        await StaysAsync(a);
    }

    /// <summary>For seven seconds: a sentinel that was away is back within three, and asked each second.</summary>
    private static async Task StaysAsync(Instance instance)
    {
        var gaps = instance.Store.Gaps;
        var later = Environment.TickCount64 + 7000;
        await Eventually.True(() => Environment.TickCount64 > later);
        Assert.True(instance.Store.IsConnected);
        Assert.Equal(gaps, instance.Store.Gaps);
        Assert.True((await instance.Manager.ForgetAsync("u")).Complete);
    }

    /// <summary>Another user each time: what was fetched without the tier is held, and not written again.</summary>
    private static async Task WritesArriveAsync(Instance instance, ConnectionMultiplexer replica)
    {
        var users = 0;
        await Eventually.True(
            async () =>
            {
                Assert.True((await instance.Manager.EnrichAsync($"u{users}")).Complete);
                return await replica.GetDatabase().HashExistsAsync(instance.Key($"u{Math.Max(0, users++ - 5)}"), "crm")
                    && !replica.GetServers()[0].IsReplica;
            },
            seconds: 60);
    }

    /// <summary>Whether this instance's tier has a user, however long it takes to read.</summary>
    private static async Task<bool> HasAsync(Instance instance, string userId)
    {
        try
        {
            return (await instance.Store.ReadAsync(userId, ["crm"], new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token)).Slots[0] is not null;
        }
        catch (Exception e) when (e is RedisAwayException or OperationCanceledException)
        {
            return false; // after three reads that were too late it is asked once a second
        }
    }
}

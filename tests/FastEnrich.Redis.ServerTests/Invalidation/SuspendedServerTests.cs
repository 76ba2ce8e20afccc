using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

/// <summary>A server that stands still with its connections open.</summary>
[Collection(nameof(SingleRedis))]
public sealed class SuspendedServerTests(SingleRedis server, ITestOutputHelper output)
{
    [Fact]
    public async Task Suspended_BeyondThreeSeconds_IsNoticedAndHeardAgainWhenItGoesOn()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, RedisServer.NewPrefix());

        server.Suspend();
        var noticed = await a.HearsAsync("disconnected", times: 2);
        server.Resume();
        var back = await Eventually.True(() => a.Hears);

        output.WriteLine($"noticed after {noticed.TotalMilliseconds:0} ms, back after {back.TotalMilliseconds:0} ms");
        Assert.True(noticed < TimeSpan.FromSeconds(20), $"{noticed}");
    }
}

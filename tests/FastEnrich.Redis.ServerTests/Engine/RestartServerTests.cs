using System.Diagnostics;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>The server dies and comes back under load.</summary>
public abstract class RestartServerTests(RedisServer server, ITestOutputHelper output) : EngineServerTests(server)
{
    private static readonly TimeSpan L2Timeout = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Enrich_ServerKilledAndRestartedUnderLoad_NoRequestFailsAndTheTierComesBackByItself()
    {
        await using var a = await JoinAsync(static options => options.Engine.L2Timeout = L2Timeout, "p1", "p2", "p3");
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(() => CallAsync(a, caller, stop.Token))).ToArray();

        await Server.KillAsync();
        await Eventually.True(() => !a.Store.IsConnected);
        await Server.RestartAsync();
        var back = await Eventually.True(() => a.Store.IsConnected);
        await a.EnrichAndWriteAsync("afterwards", Redis);
        await stop.CancelAsync();
        var results = await Task.WhenAll(callers);

        var longest = results.Max(static result => result.Longest);
        output.WriteLine($"{results.Sum(static result => result.Requests)} requests, longest {longest.TotalMilliseconds:0} ms, back after {back.TotalMilliseconds:0} ms");
        Assert.True(longest < L2Timeout + TimeSpan.FromSeconds(1), $"{longest}");
        Assert.True(back < TimeSpan.FromSeconds(20), $"{back}");
    }

    private static async Task<(int Requests, TimeSpan Longest)> CallAsync(Instance instance, int caller, CancellationToken stop)
    {
        var (requests, longest) = (0, TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            var profile = await instance.Manager.EnrichAsync($"{caller}-{requests++}", CancellationToken.None);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            Assert.Equal(3, profile.SuccessCount);
            await Task.Delay(1, CancellationToken.None);
        }

        return (requests, longest);
    }
}

using System.Diagnostics;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Whatever the network does, no request fails and none is held up beyond the tier's own budget.</summary>
public abstract class FaultServerTests(RedisServer server, ITestOutputHelper output) : EngineServerTests(server)
{
    private static readonly TimeSpan L2Timeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1); // a loaded machine; eng/redis-load.sh shows the figure

    [Theory]
    [InlineData(ProxyFault.Refuse)]
    [InlineData(ProxyFault.Hang)]
    [InlineData(ProxyFault.Slow)]
    [InlineData(ProxyFault.Garbage)]
    [InlineData(ProxyFault.Cut)]
    internal async Task Enrich_UnderTheFault_NeitherFailsNorWaitsAndTheTierComesBack(ProxyFault fault)
    {
        await using var proxy = new FaultProxy(Server.Ports[0]) { Delay = TimeSpan.FromMilliseconds(200) };
        await using var a = await JoinAsync(proxy, static options => options.Engine.L2Timeout = L2Timeout);
        await a.Manager.EnrichAsync("warm up");

        proxy.Set(fault);
        var longest = await LongestAsync(a, "during");
        proxy.Set(ProxyFault.None);
        var back = await BackAsync(a);

        output.WriteLine($"{fault}: longest request {longest.TotalMilliseconds:0} ms, the tier is back after {back.TotalMilliseconds:0} ms");
        Assert.True(longest < L2Timeout + Tolerance, $"{longest}");
        Assert.True(back < TimeSpan.FromSeconds(20), $"{back}");
    }

    [Fact]
    public async Task Start_NobodyListens_EnrichesAtOnceAndJoinsLater()
    {
        await using var proxy = new FaultProxy(Server.Ports[0]);
        proxy.Set(ProxyFault.Refuse);

        await using var a = await Instance.StartAsync(proxy.Connection, Prefix, static options => options.Engine.L2Timeout = L2Timeout);
        var longest = await LongestAsync(a, "during");
        proxy.Set(ProxyFault.None);
        var back = await BackAsync(a);

        output.WriteLine($"longest request {longest.TotalMilliseconds:0} ms, joined after {back.TotalMilliseconds:0} ms");
        Assert.True(longest < L2Timeout + Tolerance, $"{longest}");
    }

    private static async Task<TimeSpan> LongestAsync(Instance instance, string name)
    {
        var longest = TimeSpan.Zero;
        for (var i = 0; i < 40; i++)
        {
            var watch = Stopwatch.StartNew();
            var profile = await instance.Manager.EnrichAsync($"{name}{i}");
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            Assert.True(profile.Complete);
        }

        return longest;
    }

    /// <summary>Until what is enriched is in Redis again.</summary>
    private async Task<TimeSpan> BackAsync(Instance instance)
    {
        var i = 0;
        return await Eventually.True(async () =>
        {
            var user = $"after{i++}";
            await instance.Manager.EnrichAsync(user);
            await Task.Delay(20);
            return await Redis.HashExistsAsync(instance.Key(user), "crm");
        });
    }
}

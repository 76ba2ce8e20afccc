using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

/// <summary>What the network does to the bus of one instance; a second one is on the server itself.</summary>
public abstract class BusFaultServerTests(RedisServer server, ITestOutputHelper output)
{
    private readonly string _prefix = RedisServer.NewPrefix();

    [Theory]
    [InlineData(ProxyFault.Refuse)]
    [InlineData(ProxyFault.Hang)]
    [InlineData(ProxyFault.Garbage)]
    [InlineData(ProxyFault.Cut)]
    internal async Task Fault_OnOneInstance_IsNoticedWithinSecondsAndItHearsAgainAfterwards(ProxyFault fault)
    {
        server.SkipIfMissing();
        await using var proxy = new FaultProxy(server.Ports[0]);
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(proxy.Connection, _prefix);

        proxy.Set(fault);
        var noticed = await b.HearsAsync("disconnected", times: 2);
        Assert.Null(b.Bus.GenerationOf("crm"));
        Assert.True(await a.Bus.DropAsync("crm", default));
        proxy.Set(ProxyFault.None);
        var back = await Eventually.True(() => b.Hears && b.DropsOf("crm") == 1);

        output.WriteLine($"{fault}: noticed after {noticed.TotalMilliseconds:0} ms, back {back.TotalMilliseconds:0} ms after its end");
        Assert.True(noticed < TimeSpan.FromSeconds(20), $"{noticed}");
        await a.Bus.PublishErasedAsync("u");
        await b.HearsAsync("erased u");
    }

    [Fact]
    public async Task Slow_FiftyMillisecondsPerChunk_IsNoGap()
    {
        server.SkipIfMissing();
        await using var proxy = new FaultProxy(server.Ports[0]);
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(proxy.Connection, _prefix);

        proxy.Set(ProxyFault.Slow);
        for (var i = 0; i < 30; i++)
        {
            await a.Bus.PublishErasedAsync($"{i}");
        }

        await b.HearsAsync("erased 29");
        Assert.Single(b.Listener.Heard, "connected");
    }

    [Fact]
    public async Task CutAll_ConnectionsReset_AreOneGapEach()
    {
        server.SkipIfMissing();
        await using var proxy = new FaultProxy(server.Ports[0]);
        await using var b = await BusInstance.JoinAsync(proxy.Connection, _prefix);

        proxy.CutAll();
        await b.HearsAsync("connected", times: 2);

        Assert.Equal(b.Listener.Heard, b.Listener.Heard.Select((_, i) => i % 2 == 0 ? "disconnected" : "connected"));
    }
}

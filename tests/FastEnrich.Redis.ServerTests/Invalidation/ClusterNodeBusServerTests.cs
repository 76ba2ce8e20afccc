using FastEnrich.Redis.Keys;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

/// <summary>Which node of a cluster is heard, and what happens when it hangs or dies.</summary>
[Collection(nameof(RedisCluster))]
public sealed class ClusterNodeBusServerTests(RedisCluster server, ITestOutputHelper output)
{
    private readonly string _prefix = RedisServer.NewPrefix();

    [Fact]
    public async Task Join_HearsAnotherNodeThanThatOfTheGenerations()
    {
        server.SkipIfMissing();
        await using var admin = await server.AdminAsync();
        for (var i = 0; i < 12; i++)
        {
            var prefix = RedisServer.NewPrefix();
            await using var a = await BusInstance.JoinAsync(server.Connection, prefix);
            await Eventually.True(() => a.Hears && !server.AreOnOneNode(server.SlotOf(a.Source), admin.HashSlot(new ProfileKeys(prefix).Generations)));
            output.WriteLine(string.Join(' ', a.Listener.Heard));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Heard_HangsOrDies_AnotherIsHeardWithinSeconds(bool hangs)
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        var heard = server.SlotOf(a.Source);
        if (hangs)
        {
            server.SuspendNode(heard);
        }
        else
        {
            await server.KillNodeAsync(heard);
        }

        try
        {
            var noticed = await a.HearsAsync("disconnected", times: 2);
            var joined = await Eventually.True(() => a.Hears && !server.AreOnOneNode(server.SlotOf(a.Source), heard));
            output.WriteLine($"noticed after {noticed.TotalMilliseconds:0} ms, another is heard after {joined.TotalMilliseconds:0} ms more");
            Assert.True(noticed + joined < TimeSpan.FromSeconds(5.5), $"{noticed} + {joined}"); // before the client gives the hanging one up

            await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);
            await Eventually.True(async () => await b.Bus.PublishErasedAsync("u"));
            await a.HearsAsync("erased u");
        }
        finally
        {
            await (hangs ? server.ResumeNodeAsync(heard) : server.RestartNodeAsync(heard));
        }
    }
}

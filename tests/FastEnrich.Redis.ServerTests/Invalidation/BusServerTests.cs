using System.Diagnostics;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.ServerTests.Servers;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Invalidation;

/// <summary>The bus between two instances on a real server.</summary>
public abstract class BusServerTests(RedisServer server, ITestOutputHelper output)
{
    private readonly string _prefix = RedisServer.NewPrefix();

    [Fact]
    public async Task Publish_ChangedErasedDropped_ReachTheOtherInstanceAndNotTheOwn()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);

        var watch = Stopwatch.StartNew();
        await a.Bus.PublishChangedAsync("u", ["crm"]);
        Assert.True(await a.Bus.PublishErasedAsync("u"));
        Assert.True(await a.Bus.DropAsync("crm", default));
        await b.HearsAsync("dropped crm");

        output.WriteLine($"three messages there after {watch.Elapsed.TotalMilliseconds:0.0} ms");
        Assert.Equal(["disconnected", "connected", "changed u crm", "erased u", "dropped crm"], b.Listener.Heard.Distinct()); // of a cluster, one may come from each node
        Assert.Equal(["disconnected", "connected"], a.Listener.Heard);
    }

    [Fact]
    public async Task Publish_AnotherPrefix_IsAnotherWorld()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var stranger = await BusInstance.JoinAsync(server.Connection, RedisServer.NewPrefix());

        await a.Bus.PublishErasedAsync("u");
        await b.HearsAsync("erased u");

        Assert.Equal(["disconnected", "connected"], stranger.Listener.Heard);
    }

    [Fact]
    public async Task Receive_HostileMessages_AreIgnored()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var admin = await server.AdminAsync();
        var random = new Random(7);

        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            await admin.GetSubscriber().PublishAsync(new ProfileKeys(_prefix).Channel, bytes);
        }

        await a.Bus.PublishErasedAsync("u");
        await b.HearsAsync("erased u");
        Assert.Equal(["disconnected", "connected", "erased u"], b.Listener.Heard.Distinct());
    }

    [Fact]
    public async Task Join_HashOfGenerationsHoldsWhatIsNotOurs_ReadsOursAndKeepsNothingElse()
    {
        server.SkipIfMissing();
        await using var admin = await server.AdminAsync();
        await admin.GetDatabase().HashSetAsync(new ProfileKeys(_prefix).Generations,
        [
            new(Generations.Beginning, 1),
            new("crm", 7),
            new(new byte[] { 0xFF }, 1),
            new(new byte[] { 0xFE }, 2), // no text, and so the same as the one before
            new(new string('n', 300), 3),
            new("social", new string('9', 10_000)),
        ]);

        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);

        Assert.Equal((7, null, 0), (a.DropsOf("crm"), a.DropsOf("social"), a.DropsOf(new string('n', 300))));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("1.5")]
    [InlineData("-7")]
    [InlineData("99999999999999999999")]
    public async Task Generations_AreNoNumbers_BeginAnewAtTheJoinAndAtADrop(string value)
    {
        server.SkipIfMissing();
        await using var admin = await server.AdminAsync();
        var (redis, hash) = (admin.GetDatabase(), new ProfileKeys(_prefix).Generations);
        await redis.HashSetAsync(hash, Generations.Beginning, value);

        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        Assert.Equal(a.Bus.Life, (long)await redis.HashGetAsync(hash, Generations.Beginning));
        var life = a.Bus.Life;
        await redis.HashSetAsync(hash, "crm", value);
        Assert.True(await a.Bus.DropAsync("crm", default));

        await Eventually.True(() => a.Bus.Life > life && a.DropsOf("crm") == 0);
        Assert.Equal([new HashEntry(Generations.Beginning, a.Bus.Life)], await redis.HashGetAllAsync(hash));
    }

    [Fact]
    public async Task Server_KilledAndRestarted_GapIsSaidOnceAndMessagesArriveAgain()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);
        Assert.True(await a.Bus.DropAsync("crm", default));
        await Eventually.True(() => b.DropsOf("crm") == 1);
        var life = a.Bus.Life;

        await server.KillAsync();
        await b.HearsAsync("disconnected", times: 2);
        Assert.Null(b.Bus.GenerationOf("crm"));
        Assert.False(await a.Bus.PublishErasedAsync("u"));
        await server.RestartAsync();

        var back = await Eventually.True(() => a.Hears && b.Hears);
        output.WriteLine($"back {back.TotalMilliseconds:0} ms after the restart");
        Assert.True(back < TimeSpan.FromSeconds(20), $"{back}");
        await Eventually.True(() => a.Bus.Life > life && a.Bus.GenerationOf("crm") is { } generation && generation == b.Bus.GenerationOf("crm")); // the server had lost it, and what was dropped meanwhile
        Assert.True(await a.Bus.PublishErasedAsync("later"));
        await b.HearsAsync("erased later");
    }

    [Fact]
    public async Task ForgetUnconfirmed_ServerAway_IsPublishedWhenItIsBack()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);
        await server.KillAsync();
        Assert.False(await a.Bus.DropAsync("crm", default));
        a.Bus.ForgetUnconfirmed("u");

        await server.RestartAsync();

        await Eventually.True(() => !a.Bus.IsForgetPending("u") && a.Bus.GenerationOf("crm") is not null);
        await Eventually.True(() => a.Hears && b.Hears && b.Bus.GenerationOf("crm") == a.Bus.GenerationOf("crm"));
    }

    [Fact]
    public async Task Soak_FourThreadsPublish_EveryMessageArrives()
    {
        server.SkipIfMissing();
        await using var a = await BusInstance.JoinAsync(server.Connection, _prefix);
        await using var b = await BusInstance.JoinAsync(server.Connection, _prefix);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Assert.True(await (thread % 2 == 0 ? a : b).Bus.PublishErasedAsync($"{thread}-{i}"));
            }
        })));

        await Eventually.True(() => a.Listener.Heard.Distinct().Count() == 1002 && b.Listener.Heard.Distinct().Count() == 1002);
        Assert.Equal(1, a.Listener.Heard.Count(static heard => heard == "disconnected"));
    }
}

using System.Diagnostics;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>One node of a cluster dies or hangs: its users lose the tier and nobody else does.</summary>
[Collection(nameof(RedisCluster))]
public sealed class ClusterNodeServerTests(RedisCluster server, ITestOutputHelper output) : EngineServerTests(server)
{
    private const int Users = 12;

    private static readonly TimeSpan L2Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_reread = TimeSpan.FromSeconds(17); // the hash of generations is read every 15 s, and a read is given up after one

    [Fact]
    public async Task Node_Killed_ItsUsersGoToTheUpstreamTheOthersAreServedFromRedisAndItHeals()
    {
        await using var a = await JoinAsync(Settings);
        await using var b = await JoinAsync(Settings);
        var (lost, kept) = Split(a);
        foreach (var user in lost.Concat(kept))
        {
            await a.EnrichAndWriteAsync(user, Redis);
        }

        var gaps = b.Store.Gaps;
        await server.KillNodeAsync(SlotOf(a, lost[0]));
        await Eventually.True(() => b.Store.Gaps > gaps && b.Store.IsConnected && a.Store.IsConnected);

        var longest = await LongestAsync(b, lost);
        Assert.Equal(lost.Length, b.Crm.Calls);
        longest = Max(longest, await LongestAsync(b, kept)); // after so many failures, too
        Assert.Equal(lost.Length, b.Crm.Calls);
        Assert.False((await b.Manager.ForgetAsync(lost[0])).Complete);
        Assert.True((await b.Manager.ForgetAsync(kept[0])).Complete);
        output.WriteLine($"longest request {longest.TotalMilliseconds:0} ms");
        Assert.True(longest < L2Timeout + TimeSpan.FromSeconds(1), $"{longest}");

        await server.RestartNodeAsync(SlotOf(a, lost[0]));
        var healed = await Eventually.True(() => Redis.HashExistsAsync(a.Key(lost[0]), "!")); // the forget that was not complete
        output.WriteLine($"healed after {healed.TotalMilliseconds:0} ms");
        await Eventually.True(async () => (await b.Manager.ForgetAsync(lost[1])).Complete);
        await b.Manager.EnrichAsync(lost[1]);
        await Eventually.True(() => Redis.HashExistsAsync(a.Key(lost[1]), "crm"));
    }

    [Fact]
    public async Task Node_Hangs_ItsUsersGoToTheUpstreamAndTheOthersAreServedFromRedis()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(static options => options.Engine.L2Timeout = TimeSpan.FromMilliseconds(300));
        var (lost, kept) = Split(a);
        lost = lost[..5]; // together shorter than the silence that cuts the bus
        foreach (var user in lost.Concat(kept))
        {
            await a.EnrichAndWriteAsync(user, Redis);
        }

        var calls = 0;
        var watch = Stopwatch.StartNew();
        server.SuspendNode(SlotOf(a, lost[0]));
        try
        {
            await LongestAsync(b, lost); // one after the other: no answer of another node is in between
            calls = b.Crm.Calls;
            await LongestAsync(b, kept);
        }
        finally
        {
            await server.ResumeNodeAsync(SlotOf(a, lost[0]));
        }

        output.WriteLine($"hung for {watch.ElapsedMilliseconds} ms, {b.Crm.Calls - calls} of {kept.Length} others fetched");
        Assert.Equal((lost.Length, lost.Length), (calls, b.Crm.Calls));
        await Eventually.True(() => b.ReadsAsync(lost[0]));
    }

    [Fact]
    public async Task Node_OfTheGenerationsHangs_UsersOfOthersComeOutOfRedisAndTheirForgetsAreComplete()
    {
        for (var attempt = 1; !await ServesWhileGenerationsHangAsync(); attempt++)
        {
            Assert.True(attempt < 3, "each time an instance lost the others while the node hung");
        }
    }

    [Fact]
    public async Task Node_OfTheGenerationsKilled_UsersOfOthersComeOutOfRedisAndItHeals()
    {
        await using var a = await JoinAsync(Settings);
        await using var b = await JoinAsync(Settings);
        var kept = await KeptAsync(a);
        var gaps = b.Store.Gaps;

        await server.KillNodeAsync(Generations);
        try
        {
            await Eventually.True(() => b.Store.Gaps > gaps && b.Store.IsConnected && a.Store.IsConnected); // without having read the generations
            await ServesAsync(a, b, kept);
            var longest = await LongestAsync(a, [.. Enumerable.Range(0, 40).Select(static i => $"during{i}")]);
            output.WriteLine($"longest request {longest.TotalMilliseconds:0} ms");
            Assert.True(longest < L2Timeout + TimeSpan.FromSeconds(1), $"{longest}");
        }
        finally
        {
            await server.RestartNodeAsync(Generations);
        }

        await IsMadeGoodAsync(a, kept[1]);
        await a.EnrichAndWriteAsync("afterwards", Redis);
    }

    /// <returns>Whether both instances heard each other all the time: on a busy machine one may not, and then it is to begin anew, which it cannot before the node is back.</returns>
    private async Task<bool> ServesWhileGenerationsHangAsync()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(static options => options.Engine.L2Timeout = TimeSpan.FromMilliseconds(300));
        var kept = await KeptAsync(a);
        var gaps = (a.Store.Gaps, b.Store.Gaps);
        bool HaveHeard() => (a.Store.Gaps, b.Store.Gaps) == gaps;

        server.SuspendNode(Generations);
        try
        {
            var watch = Stopwatch.StartNew();
            await Eventually.True(() => watch.Elapsed > s_reread || !HaveHeard());
            if (HaveHeard())
            {
                await ServesAsync(a, b, kept);
            }
        }
        catch (Exception) when (!HaveHeard())
        {
            return false;
        }
        finally
        {
            await server.ResumeNodeAsync(Generations);
        }

        if (HaveHeard())
        {
            await IsMadeGoodAsync(a, kept[1]);
            return true;
        }

        return false;
    }

    private static void Settings(FastEnrichOptions options) => options.Engine.L2Timeout = L2Timeout;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static async Task<TimeSpan> LongestAsync(Instance instance, string[] users)
    {
        var longest = TimeSpan.Zero;
        foreach (var user in users)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(user, await instance.CityAsync(user));
            longest = Max(longest, watch.Elapsed);
        }

        return longest;
    }

    private int SlotOf(Instance instance, string user) => Admin.HashSlot(instance.Key(user));

    private int Generations => Admin.HashSlot(new ProfileKeys(Prefix).Generations);

    /// <summary>Users of other nodes than that of the generations, in Redis and in one instance's memory.</summary>
    private async Task<string[]> KeptAsync(Instance instance)
    {
        var all = Enumerable.Range(0, 10 * Users).Select(static i => $"u{i}");
        var users = all.Where(user => !server.AreOnOneNode(SlotOf(instance, user), Generations)).Take(Users).ToArray();
        foreach (var user in users)
        {
            await instance.EnrichAndWriteAsync(user, Redis);
        }

        return users;
    }

    /// <summary>One instance reads what the other wrote and has a user forgotten there, but no plugin dropped.</summary>
    private async Task ServesAsync(Instance writer, Instance reader, string[] users)
    {
        await LongestAsync(reader, users);
        Assert.Equal(0, reader.Crm.Calls);

        var (calls, erasures) = (writer.Crm.Calls, writer.Store.Erasures);
        Assert.True((await reader.Manager.ForgetAsync(users[0])).Complete);
        await Eventually.True(() => writer.Store.Erasures > erasures);
        await LongestAsync(writer, users);
        Assert.Equal(calls + 1, writer.Crm.Calls);

        Assert.False(await reader.Manager.DropAsync("crm"));
        await LongestAsync(writer, users[1..]);
        Assert.Equal(calls + 1, writer.Crm.Calls);
    }

    /// <summary>The drop that was not confirmed reaches the other instance.</summary>
    private async Task IsMadeGoodAsync(Instance writer, string user)
    {
        var calls = writer.Crm.Calls;
        var healed = await Eventually.True(async () => await writer.Manager.EnrichAsync(user) is not null && writer.Crm.Calls > calls);
        output.WriteLine($"healed after {healed.TotalMilliseconds:0} ms");
        Assert.True((long)await Redis.HashGetAsync(new ProfileKeys(Prefix).Generations, "crm") > 0);
    }

    /// <summary>Users of one node that is not the generations', and of all others.</summary>
    private (string[] Lost, string[] Kept) Split(Instance instance)
    {
        var users = Enumerable.Range(0, 10 * Users).Select(static i => $"u{i}").ToArray();
        var first = users.First(user => !server.AreOnOneNode(SlotOf(instance, user), Generations));
        var ofFirst = users.ToLookup(user => server.AreOnOneNode(SlotOf(instance, user), SlotOf(instance, first)));
        return ([.. ofFirst[true].Take(Users)], [.. ofFirst[false].Take(Users)]);
    }
}

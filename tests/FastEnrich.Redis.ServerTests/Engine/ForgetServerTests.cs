using System.Diagnostics;
using FastEnrich.Caching;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>What is forgotten is gone from every instance and stays gone, whatever arrives late.</summary>
public abstract class ForgetServerTests(RedisServer server, ITestOutputHelper output) : EngineServerTests(server)
{
    [Fact]
    public async Task Forget_OnOneInstance_IsGoneFromBothAtOnce()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        var slowest = 0.0;
        for (var i = 0; i < 20; i++)
        {
            await a.EnrichAndWriteAsync($"u{i}", Redis);
            await b.Manager.EnrichAsync($"u{i}");

            var watch = Stopwatch.StartNew();
            var receipt = await a.Manager.ForgetAsync($"u{i}");
            Assert.True(receipt.Complete, $"{receipt}");
            await Eventually.True(() => b.Manager.Inspect($"u{i}") is null);
            slowest = Math.Max(slowest, watch.Elapsed.TotalMilliseconds);
        }

        output.WriteLine($"gone from the other instance at most {slowest:0.0} ms after the call");
        Assert.True(slowest < 5000);
        await b.Manager.EnrichAsync("u0");
        Assert.Equal(1, b.Crm.Calls);
    }

    [Fact]
    public async Task Forget_UpstreamAnswersLate_OnTheOtherInstance_StoresNothing()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        var answer = new TaskCompletionSource<EnrichmentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        b.Crm.Answer = _ => new(answer.Task);
        await b.Manager.EnrichAsync("u", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(50) });

        Assert.True((await a.Manager.ForgetAsync("u")).Complete);
        await Eventually.True(() => b.Store.Erasures > 0);
        answer.SetResult(TestPlugin.Found("old"));
        b.Crm.Answer = static _ => new(TestPlugin.Found("new"));

        Assert.Equal("new", await b.CityAsync("u"));
        await Eventually.True(() => Redis.HashExistsAsync(a.Key("u"), "crm"));
        Assert.Equal("new", await a.CityAsync("u"));
    }

    [Fact]
    public async Task Forget_WriteWasQueued_IsRefused()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        var held = new TaskCompletionSource<(string User, EraseToken Token, StoredSlot Slot)>();
        a.Store.Write = (user, token, slot) => held.TrySetResult((user, token, slot));
        await a.Manager.EnrichAsync("u");
        var late = await held.Task;
        a.Store.Write = a.Store.Pass;

        Assert.True((await b.Manager.ForgetAsync("u")).Complete);
        Assert.True(a.Store.Pass(late.User, late.Token, late.Slot));
        await a.EnrichAndWriteAsync("the next in the queue", Redis);

        Assert.False(await Redis.HashExistsAsync(a.Key("u"), "crm"));
    }

    [Fact]
    public async Task Forget_ThenEnrich_IsStoredAgainAndShared()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        await a.Manager.ForgetAsync("u");
        a.Crm.Answer = static _ => new(TestPlugin.Found("anew"));

        await a.EnrichAndWriteAsync("u", Redis);

        Assert.Equal("anew", await b.CityAsync("u"));
        Assert.Equal(0, b.Crm.Calls);
    }

    [Fact]
    public async Task Forget_UserThatNobodyKnows_IsComplete()
    {
        await using var a = await JoinAsync();

        Assert.True((await a.Manager.ForgetAsync("nobody")).Complete);
    }

    [Fact]
    public async Task Forget_ServerAway_IsNotCompleteAndIsDoneWhenItIsBack()
    {
        await using var a = await JoinAsync();
        await Server.KillAsync();

        var receipt = await a.Manager.ForgetAsync("u");
        await Server.RestartAsync();

        Assert.Equal(new ForgetReceipt(true, false, false), receipt);
        await Eventually.True(() => Redis.HashExistsAsync(a.Key("u"), "!"));
    }
}

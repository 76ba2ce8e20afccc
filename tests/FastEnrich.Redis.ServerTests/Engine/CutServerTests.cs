using System.Diagnostics;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Two instances of which one is cut off from Redis.</summary>
public abstract class CutServerTests(RedisServer server, ITestOutputHelper output) : EngineServerTests(server)
{
    private FaultProxy _proxy = null!;

    [Fact]
    public async Task Forget_TimedOutWriteArrivesLate_IsRefused()
    {
        await using var a = await JoinAsync(_proxy);
        await using var b = await JoinAsync();
        var answer = new TaskCompletionSource<EnrichmentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        a.Crm.Answer = _ => new(answer.Task);
        var enriching = a.Manager.EnrichAsync("u").AsTask();
        await Eventually.True(() => a.Crm.Calls == 1);

        _proxy.Set(ProxyFault.Hang); // the write leaves and does not arrive
        answer.SetResult(TestPlugin.Found("old"));
        await enriching;
        Assert.True((await b.Manager.ForgetAsync("u")).Complete);
        _proxy.Set(ProxyFault.None);
        a.Crm.Answer = static request => new(TestPlugin.Found(request.UserId));
        await a.EnrichAndWriteAsync("the next in the queue", Redis);

        Assert.False(await Redis.HashExistsAsync(a.Key("u"), "crm"));
        await Eventually.True(async () => await a.CityAsync("u") == "u");
    }

    [Fact]
    public async Task Forget_RedisComesBackEmpty_WhatWasAskedForBeforeIsNotWritten()
    {
        await using var a = await JoinAsync(_proxy, static options => options.Engine.FetchTimeout = TimeSpan.FromMinutes(2));
        await using var b = await JoinAsync();
        var answer = new TaskCompletionSource<EnrichmentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        a.Crm.Answer = _ => new(answer.Task);
        var enriching = a.Manager.EnrichAsync("u").AsTask();
        await Eventually.True(() => a.Crm.Calls == 1);
        var gaps = b.Store.Gaps;
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => !a.Store.IsConnected);

        Assert.True((await b.Manager.ForgetAsync("u")).Complete);
        await Server.KillAsync(); // and with it goes the erase token
        await Eventually.True(() => b.Store.Gaps > gaps);
        await Server.RestartAsync();
        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => a.Store.IsConnected && b.Store.IsConnected);
        answer.SetResult(TestPlugin.Found("old"));
        await enriching;
        a.Crm.Answer = static request => new(TestPlugin.Found(request.UserId));
        await a.EnrichAndWriteAsync("the next in the queue", Redis);

        Assert.False(await Redis.HashExistsAsync(a.Key("u"), "crm"));
        await Eventually.True(async () => await a.CityAsync("u") == "u");
    }

    [Fact]
    public async Task Forget_CutOffFromRedis_SaysSoAndIsDoneEverywhereLater()
    {
        await using var a = await JoinAsync(_proxy);
        await using var b = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        _proxy.Set(ProxyFault.Refuse);

        var receipt = await a.Manager.ForgetAsync("u");
        Assert.Equal(new ForgetReceipt(true, false, false), receipt);
        Assert.NotNull(b.Manager.Inspect("u"));
        _proxy.Set(ProxyFault.None);

        await Eventually.True(() => b.Manager.Inspect("u") is null);
        Assert.False(await Redis.HashExistsAsync(a.Key("u"), "crm"));
    }

    [Fact]
    public async Task Forget_OtherInstanceCutOff_IsServedThereForDisconnectedServingAtMost()
    {
        var serving = TimeSpan.FromSeconds(3);
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy, options => options.Engine.Redis.DisconnectedServing = serving);
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        b.Crm.Answer = static _ => new(TestPlugin.Found("anew"));
        var gaps = b.Store.Gaps;
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => b.Store.Gaps > gaps);
        var watch = Stopwatch.StartNew();

        Assert.True((await a.Manager.ForgetAsync("u")).Complete);

        Assert.Equal("u", await b.CityAsync("u"));
        await Eventually.True(async () => await b.CityAsync("u") == "anew");
        output.WriteLine($"served for {watch.Elapsed.TotalSeconds:0.00} s of {serving.TotalSeconds:0} s");
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Forget_OtherInstanceCutOffAndStrict_IsServedNoMore()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy, static options => options.Engine.Redis.DisconnectedServing = TimeSpan.Zero);
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        b.Crm.Answer = static _ => new(TestPlugin.Found("anew"));
        _proxy.Set(ProxyFault.Hang); // the bus notices by itself

        var before = b.Store.Gaps;
        Assert.True((await a.Manager.ForgetAsync("u")).Complete);
        await Eventually.True(() => b.Store.Gaps > before);

        Assert.Equal("anew", await b.CityAsync("u"));
    }

    [Fact]
    public async Task Reconnect_ForgottenMeanwhile_IsNotServedOnceMessagesArriveAgain()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy);
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        b.Crm.Answer = static _ => new(TestPlugin.Found("anew"));
        _proxy.Set(ProxyFault.Refuse);
        Assert.True((await a.Manager.ForgetAsync("u")).Complete);
        await Eventually.True(() => !b.Store.IsConnected);

        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => b.Store.IsConnected);

        Assert.Equal("anew", await b.CityAsync("u"));
    }

    [Fact]
    public async Task Reconnect_ChangedMeanwhile_TakesWhatRedisHas()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy);
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => !b.Store.IsConnected);
        a.Crm.Answer = static _ => new(TestPlugin.Found("moved"));
        var held = await Redis.HashGetAsync(a.Key("u"), "crm");
        await a.Manager.RefreshAsync("u");
        await Eventually.True(async () => await Redis.HashGetAsync(a.Key("u"), "crm") != held);

        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => b.Store.IsConnected);

        Assert.Equal("moved", await b.CityAsync("u"));
        Assert.Equal(0, b.Crm.Calls);
    }

    [Fact]
    public async Task Reconnect_RedisHoldsAnOlderRecord_KeepsTheNewerValue()
    {
        await using var b = await JoinAsync(_proxy);
        await b.EnrichAndWriteAsync("u", Redis);
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => !b.Store.IsConnected);
        b.Crm.Answer = static _ => new(TestPlugin.Found("newer"));
        var refreshed = await b.Manager.RefreshAsync("u");
        Assert.Equal("newer", refreshed.Merged.Demographics!.City);

        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => b.Store.IsConnected);

        Assert.Equal("newer", await b.CityAsync("u"));
    }

    [Fact]
    public async Task Reconnect_RefreshedMeanwhile_TheOtherInstanceServesItToo()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy);
        await a.EnrichAndWriteAsync("u", Redis);
        Assert.Equal("u", await b.CityAsync("u"));
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => !b.Store.IsConnected);
        b.Crm.Answer = static _ => new(TestPlugin.Found("meanwhile"));
        await b.Manager.RefreshAsync("u");
        Assert.Equal("u", await a.CityAsync("u"));

        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => b.Store.IsConnected);

        await Eventually.True(async () => await b.CityAsync("u") == "meanwhile" && await a.CityAsync("u") == "meanwhile");
        Assert.Equal((1, 1), (a.Crm.Calls, b.Crm.Calls));
    }

    [Fact]
    public async Task Refresh_SlowCallOvertakenByTheOthers_TheLaterCallsResultStaysEverywhere()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        var answer = new TaskCompletionSource<EnrichmentResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        a.Crm.Answer = _ => new(answer.Task);
        b.Crm.Answer = static _ => new(TestPlugin.Found("newer"));
        var slow = a.Manager.EnrichAsync("u").AsTask();
        await Eventually.True(() => a.Crm.Calls == 1);
        var muchLater = Environment.TickCount64 + 1000;
        await Eventually.True(() => Environment.TickCount64 > muchLater); // each engine has a coarse clock of its own, and the machine may be loaded
        await b.EnrichAndWriteAsync("u", Redis);

        answer.SetResult(TestPlugin.Found("older"));
        await slow;

        await Eventually.True(async () => await a.CityAsync("u") == "newer");
        Assert.Equal("newer", await b.CityAsync("u"));
        Assert.Equal((1, 1), (a.Crm.Calls, b.Crm.Calls));
    }

    [Fact]
    public async Task Drop_OtherInstanceCutOff_ReadsNothingFromBeforeOnceItIsBack()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy);
        await a.EnrichAndWriteAsync("u", Redis);
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => !b.Store.IsConnected);
        Assert.True(await a.Manager.DropAsync("crm"));

        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => b.Store.IsConnected);
        await b.Manager.EnrichAsync("u");

        Assert.Equal(1, b.Crm.Calls);
    }

    [Fact]
    public async Task Drop_OtherInstanceCutOffAndOfAnotherDataVersion_ServesNothingFromBeforeOnceItIsBack()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync(_proxy, static options => options.Plugins["crm"] = new PluginSettings { DataVersion = "2" });
        await b.EnrichAndWriteAsync("u", Redis);
        _proxy.Set(ProxyFault.Refuse);
        await Eventually.True(() => !b.Store.IsConnected);
        Assert.True(await a.Manager.DropAsync("crm"));
        a.Crm.Answer = b.Crm.Answer = static _ => new(TestPlugin.Found("anew"));
        var dropped = await Redis.HashGetAsync(a.Key("u"), "crm");
        Assert.Equal("anew", await a.CityAsync("u"));
        await Eventually.True(async () => await Redis.HashGetAsync(a.Key("u"), "crm") != dropped); // a record that b cannot use, but which says that the user is known

        _proxy.Set(ProxyFault.None);
        await Eventually.True(() => b.Store.IsConnected);

        Assert.Equal("anew", await b.CityAsync("u"));
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = new FaultProxy(Server.Ports[0]);
    }

    public override async ValueTask DisposeAsync()
    {
        await (_proxy?.DisposeAsync() ?? default);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>While other instances cannot be heard, memory is served for a while and no longer; afterwards it is looked up again, one user at a time.</summary>
public sealed class DisconnectedTests : IAsyncLifetime
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(10);
    private static readonly TimeSpan s_serving = TimeSpan.FromSeconds(60);

    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly FakePlugin _crm;

    public DisconnectedTests()
    {
        _engine.Store = _store;
        _crm = _engine.Add("crm");
    }

    [Fact]
    public async Task EnrichAsync_Disconnected_ServesMemoryForItsTimeAndThenLooksItUp()
    {
        await Fill();
        _engine.Time.Advance(TimeSpan.FromMinutes(5)); // covered by the connection until it breaks
        _store.Disconnect();

        _engine.Time.Advance(s_serving - s_tick);
        await Enrich();
        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
        Assert.Equal(1, _store.Reads);
        _engine.Time.Advance(s_tick);
        await Enrich();

        Assert.Equal((2, 1), (_store.Reads, _crm.Calls));
        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully); // for as long again
    }

    [Fact]
    public async Task EnrichAsync_DisconnectedAndTheTierIsAwayForLonger_FetchesAnew()
    {
        await Fill();
        TierIsAway();
        _engine.Time.Advance(s_serving + s_tick);
        _crm.Answer = static (_, _) => new(Results.Found("new"));

        Assert.Equal("new", City(await Enrich()));
        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(false, PluginState.Stale)]
    [InlineData(true, PluginState.Failed)]
    public async Task EnrichAsync_UpstreamFailsToo_StandsInNoLongerThanItWouldBeServed(bool later, PluginState state)
    {
        await Fill();
        TierIsAway();
        _crm.Answer = static (_, _) => throw Results.Failure();
        _engine.Time.Advance(later ? s_serving + s_tick : s_serving - s_tick);

        var profile = await _engine.Manager.RefreshAsync("u1");

        Assert.Equal(state, profile.Status["crm"].State);
        Assert.Equal(later, profile.Enrichments.Count == 0);
    }

    [Fact]
    public async Task EnrichAsync_DeadlineBeyondTheTime_DoesNotBringTheOldValueBack()
    {
        await Fill();
        TierIsAway();
        _engine.Time.Advance(s_serving + s_tick);
        _crm.Answer = new Gate().Pass;

        var waiting = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(5) }).AsTask();
        await Eventually.True(() => _crm.Calls == 2);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(5));

        Assert.Equal(PluginState.TimedOut, (await waiting).Status["crm"].State);
    }

    [Fact]
    public async Task EnrichAsync_StrictAndDisconnected_LooksUpEachTimeAndAnswersEverybody()
    {
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        _engine.Add("other");
        await Fill();
        _store.Disconnect();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((2, true), ((await Enrich()).SuccessCount, (await Enrich()).Complete));
        }

        Assert.Equal((7, 1), (_store.Reads, _crm.Calls));
    }

    [Fact]
    public async Task EnrichAsync_StrictAndDisconnected_CallerThatJoinsLaterIsAnsweredToo()
    {
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        await Fill();
        _store.Disconnect();
        var read = new TaskCompletionSource();
        _store.BeforeRead = _ => read.Task;
        var first = Enrich();
        _engine.Time.Advance(TimeSpan.FromMilliseconds(10));

        var second = Enrich();
        read.SetResult();

        Assert.Equal(("u1", "u1"), (City(await first), City(await second)));
        Assert.Equal((2, 1), (_store.Reads, _crm.Calls));
    }

    [Fact]
    public async Task EnrichAsync_StrictAndTheTierIsAway_FetchesEachTimeAndAnswersEverybody()
    {
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        await Fill();
        TierIsAway();

        Assert.Equal((1, 1), ((await Enrich()).SuccessCount, (await Enrich()).SuccessCount));
        Assert.Equal(3, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_StrictAndHeldFromAnInstanceWhoseClockIsAhead_IsNotTakenForFetchedMeanwhile()
    {
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        _engine.Add("deals", dependsOn: ["crm"]);
        var ahead = _engine.Time.GetUtcNow() + TimeSpan.FromSeconds(10);
        _store.Put("u1", FakeStore.Record(ahead, TimeSpan.FromHours(1)));
        _store.Put("u1", FakeStore.Record(ahead, TimeSpan.FromHours(1), plugin: "deals"));
        Assert.Equal(PluginState.Fresh, (await Enrich()).Status["deals"].State);
        TierIsAway();
        _engine.Time.Advance(s_tick);
        _crm.Answer = static (_, _) => throw Results.Failure();

        Assert.Equal(PluginState.Skipped, (await Enrich()).Status["deals"].State);
    }

    [Fact]
    public async Task EnrichAsync_ConnectedAgain_LooksUpWhatWasHeldBeforeOnItsNextRead()
    {
        await Fill("u1", "u2", "u3");
        _store.Disconnect();
        _store.Confirm("u1");
        _store.Connect();
        var reads = _store.Reads;

        Assert.Equal(reads, _store.Reads); // nobody is looked up before it is asked for
        await Enrich();
        await Enrich("u2");
        await Enrich("u2");

        Assert.Equal((reads + 2, 4), (_store.Reads, _crm.Calls)); // u1 was erased meanwhile
    }

    [Fact]
    public async Task EnrichAsync_ConnectedAgainAndTheTierHasNewer_ServesIt()
    {
        await Fill();
        _store.Disconnect();
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() + s_tick, TimeSpan.FromHours(1), "new"));

        Assert.Equal("u1", City(await Enrich()));
        _store.Connect();

        Assert.Equal("new", City(await Enrich()));
        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_FetchThatBeganBeforeTheGap_IsLookedUpAfterIt()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var waiting = Enrich();
        await gate.Arrivals(1);
        _store.Disconnect();
        _store.Confirm("u1"); // erased while nobody could say so
        _store.Connect();
        gate.Release(Results.Found("old"));
        Assert.Equal("old", City(await waiting)); // it began before

        _crm.Answer = static (_, _) => new(Results.Found("new"));

        Assert.Equal("new", City(await Enrich()));
    }

    [Fact]
    public async Task EnrichAsync_FetchThatBeganBeforeTheGap_IsNotJoinedAfterIt()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var before = Enrich();
        await gate.Arrivals(1);
        _store.Disconnect();
        _store.Confirm("u1");
        _store.Connect();

        var after = Enrich();
        await gate.Arrivals(1);
        gate.Release(Results.Found("old"), 1);
        gate.Release(Results.Found("new"));

        Assert.Equal("new", City(await after));
        Assert.Equal("new", City(await before));
    }

    [Fact]
    public async Task EnrichAsync_FetchThatBeganBeforeTheGapAndKnewNoEraseToken_BeginsAgainOnceOneIsShown()
    {
        var gate = new Gate();
        _engine.Add("other");
        await Enrich("another");
        _crm.Answer = gate.Pass;
        TierIsAway();
        var before = Enrich();
        await gate.Arrivals(1);
        _store.BeforeRead = static _ => Task.CompletedTask;
        _store.Connect();

        await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Plugins = ["other"], Mode = EnrichMode.Refresh }); // shows the token: of an erasure, perhaps
        gate.Release(Results.Found("old"), 1);
        await gate.Arrivals(1);
        gate.Release(Results.Found("new"));

        Assert.Equal("new", City(await before));
    }

    [Fact]
    public async Task EnrichAsync_LookedUpAfterTheGapByAnIdentityOfBefore_IsVouchedForNoBetter()
    {
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        var gate = new Gate();
        _engine.Add("ids", provides: ["email"]).Answer = (request, token) => request.UserId == "u1" ? gate.Pass(request, token) : new(Results.Found("ids", identities: ("email", "e")));
        var mail = _engine.Add("mail", needs: [new IdentityNeed("email", false)]);
        await Enrich("another");
        _store.Disconnect();
        var before = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Plugins = ["ids"] }).AsTask();
        await gate.Arrivals(1);
        var read = new TaskCompletionSource();
        _store.BeforeRead = _ => read.Task;
        var later = Enrich();
        _store.Connect();
        _store.BeforeRead = static _ => Task.CompletedTask;
        read.SetResult(); // too late: it is read again, and what comes is of after the gap
        gate.Release(Results.Found("old", identities: ("email", "old")), 1);
        await Task.WhenAll(before, later);
        Assert.Equal(2, mail.Calls);

        _store.BeforeRead = static _ => new TaskCompletionSource().Task;
        var reads = _store.Reads;
        var waiting = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(5) }).AsTask();
        await Eventually.True(() => _store.Reads > reads);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(5));

        Assert.Equal(PluginState.TimedOut, (await waiting).Status["mail"].State);
    }

    [Fact]
    public async Task EnrichAsync_StrictAndDisconnected_StillFetchesOnceForAllCallers()
    {
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        _store.Connects = false;
        var gate = new Gate();
        _crm.Answer = gate.Pass;

        var callers = Enumerable.Range(0, 20).Select(_ => Enrich()).ToArray();
        await gate.Arrivals(1);
        gate.Release(Results.Found("one"));

        Assert.All(await Task.WhenAll(callers), static profile => Assert.Equal("one", City(profile)));
        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_NeverConnected_ServesWhatItFetchedForItsTime()
    {
        _store.Connects = false;
        _store.BeforeRead = static _ => throw new InvalidOperationException();

        await Enrich();
        _engine.Time.Advance(s_serving - s_tick);
        await Enrich();
        Assert.Equal(1, _crm.Calls);
        _engine.Time.Advance(s_tick);
        await Enrich();

        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task CacheOnly_NobodyVouchesAndTheTierIsAway_ShowsNothing()
    {
        await Fill();
        TierIsAway();
        _engine.Time.Advance(s_serving + s_tick);

        var profile = await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Mode = EnrichMode.CacheOnly });

        Assert.Equal((PluginState.Skipped, 1), (profile.Status["crm"].State, _crm.Calls));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string? City(EnrichedProfile profile) => profile.Enrichments["crm"].Demographics!.City;

    private async Task Fill(params string[] users)
    {
        foreach (var user in users is [] ? ["u1"] : users)
        {
            await Enrich(user);
            await Eventually.True(() => _engine.Manager.ListPlugins().All(plugin => !plugin.Enabled || _store.Get(user, plugin.Name) is not null));
            await Enrich(user);
        }
    }

    private void TierIsAway()
    {
        _store.Disconnect();
        _store.BeforeRead = static _ => throw new InvalidOperationException();
    }

    private Task<EnrichedProfile> Enrich(string user = "u1") => _engine.Manager.EnrichAsync(user).AsTask();
}

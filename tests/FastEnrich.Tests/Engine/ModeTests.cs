using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>What a caller may ask for: newer, from memory only, some plugins.</summary>
public sealed class ModeTests : IAsyncLifetime
{
    private static readonly EnrichOptions s_cacheOnly = new() { Mode = EnrichMode.CacheOnly };

    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task CacheOnly_IdentityIsFetchedAnew_DoesNotWaitForTheUpstreamOfWhatNeedsIt()
    {
        _engine.Store = new FakeStore();
        var gate = new Gate();
        var crm = _engine.Add("crm", provides: ["handle"]);
        crm.Answer = static (_, _) => new(Results.Found(identities: ("handle", "h1")));
        var social = _engine.Add("social", needs: [new("handle", false)], settings: static settings => settings.StaleWhileRevalidate = TimeSpan.Zero);
        social.Answer = static (_, _) => new(Results.Found(ttl: TimeSpan.FromSeconds(1)));
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromSeconds(2));
        crm.Answer = gate.Pass;
        var refresh = _engine.Manager.RefreshAsync("u1").AsTask();
        await gate.Arrivals(1);

        var cacheOnly = _engine.Manager.EnrichAsync("u1", s_cacheOnly).AsTask();

        await Eventually.True(() => cacheOnly.IsCompleted);
        gate.Release(Results.Found(identities: ("handle", "h1")));
        await refresh;
        Assert.Equal(2, social.Calls);
    }

    [Fact]
    public async Task CacheOnly_CameFirst_DoesNotWaitForTheUpstreamThatALaterCallerAsks()
    {
        var read = new TaskCompletionSource();
        _engine.Store = new FakeStore { BeforeRead = _ => read.Task };
        var gate = new Gate();
        _engine.Add("crm", provides: ["handle"]).Answer = gate.Pass;
        _engine.Add("social", needs: [new("handle", false)]);
        var cacheOnly = _engine.Manager.EnrichAsync("u1", s_cacheOnly).AsTask();
        var second = _engine.Manager.EnrichAsync("u1").AsTask();

        read.SetResult();
        await gate.Arrivals(1);

        await Eventually.True(() => cacheOnly.IsCompleted);
        gate.Release(Results.Found(identities: ("handle", "h1")));
        Assert.Equal(PluginState.Fresh, (await second).Status["social"].State);
    }

    [Fact]
    public async Task MaxAge_OlderValue_IsFetchedAnewToTheTick()
    {
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromSeconds(10));
        await _engine.Manager.EnrichAsync("u1", new EnrichOptions { MaxAge = TimeSpan.FromSeconds(10) });
        Assert.Equal(1, crm.Calls);

        var profile = await _engine.Manager.EnrichAsync("u1", new EnrichOptions { MaxAge = TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1) });

        Assert.Equal((2, TimeSpan.Zero), (crm.Calls, profile.Status["crm"].AgeAt(_engine.Time.GetUtcNow())));
    }

    [Fact]
    public async Task MaxAge_FetchMissesTheDeadline_ReturnsTheOldValueWithItsCause()
    {
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromSeconds(10));
        crm.Answer = new Gate().Pass;

        var waiting = _engine.Manager.EnrichAsync("u1", new EnrichOptions { MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromMilliseconds(5) }).AsTask();
        _engine.Time.Advance(TimeSpan.FromMilliseconds(5));
        var profile = await waiting;

        Assert.Equal((PluginState.Stale, PluginErrorCode.TimeoutError), (profile.Status["crm"].State, profile.Errors["crm"].Code));
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task CacheOnly_ColdUser_SkipsEverythingAndPoisonsNothing()
    {
        var crm = _engine.Add("crm");

        var cold = await _engine.Manager.EnrichAsync("u1", s_cacheOnly);
        Assert.Equal((PluginState.Skipped, 0), (cold.Status["crm"].State, crm.Calls));
        Assert.Empty(_engine.Manager.Inspect("u1")!.Slots);

        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task CacheOnly_WhileAFetchRuns_DoesNotWaitForIt()
    {
        var gate = new Gate();
        _engine.Add("crm").Answer = gate.Pass;
        var waiting = _engine.Manager.EnrichAsync("u1").AsTask();
        await gate.Arrivals(1);

        var cached = _engine.Manager.EnrichAsync("u1", s_cacheOnly);

        Assert.True(cached.IsCompletedSuccessfully);
        Assert.Equal(PluginState.Skipped, cached.Result.Status["crm"].State);
        gate.Release(Results.Found());
        Assert.Equal(PluginState.Fresh, (await waiting).Status["crm"].State);
    }

    [Fact]
    public async Task CacheOnly_StaleValue_IsServedWithoutARefresh()
    {
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(PluginState.Stale, (await _engine.Manager.EnrichAsync("u1", s_cacheOnly)).Status["crm"].State);
        Assert.False(_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
        Assert.Equal(1, crm.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CacheOnly_ValuePastRevalidation_IsNotServedAndStillStandsInForAFailure(bool hasTier)
    {
        if (hasTier)
        {
            _engine.Store = new FakeStore { Full = true };
        }

        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(PluginState.Skipped, (await _engine.Manager.EnrichAsync("u1", s_cacheOnly)).Status["crm"].State);
        Assert.False(_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
        Assert.Equal(1, crm.Calls);
        crm.Answer = static (_, _) => throw Results.Failure();
        Assert.Equal(PluginState.Stale, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task CacheOnly_SecondTierKnowsTheUser_FillsFromItAndAsksNoUpstream()
    {
        var store = new FakeStore();
        _engine.Store = store;
        var crm = _engine.Add("crm");
        store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));

        var known = await _engine.Manager.EnrichAsync("u1", s_cacheOnly);
        var unknown = await _engine.Manager.EnrichAsync("u2", s_cacheOnly);

        Assert.Equal((PluginState.Fresh, ResultOrigin.L2), (known.Status["crm"].State, known.Status["crm"].Origin));
        Assert.Equal(PluginState.Skipped, unknown.Status["crm"].State);
        Assert.Empty(_engine.Manager.Inspect("u2")!.Slots); // no fetch goes on behind
        Assert.Equal(0, crm.Calls);
    }

    [Fact]
    public async Task CacheOnly_JoinedByOneWhoWantsMore_LetsTheFetchGoOnWithoutIt()
    {
        var read = new TaskCompletionSource();
        _engine.Store = new FakeStore { BeforeRead = _ => read.Task };
        var gate = new Gate();
        _engine.Add("crm").Answer = gate.Pass;
        var cacheOnly = _engine.Manager.EnrichAsync("u1", s_cacheOnly).AsTask();
        var other = _engine.Manager.EnrichAsync("u1").AsTask();

        read.SetResult();
        Assert.Equal(PluginState.Skipped, (await cacheOnly).Status["crm"].State);
        await gate.Arrivals(1);
        Assert.False(other.IsCompleted);
        gate.Release(Results.Found());

        Assert.Equal(PluginState.Fresh, (await other).Status["crm"].State);
    }

    [Fact]
    public async Task Plugins_Subset_RunsAndReturnsOnlyIt()
    {
        var crm = _engine.Add("crm");
        var other = _engine.Add("other");

        var profile = await _engine.Manager.EnrichWithPluginAsync("other", "u1");

        Assert.Equal(["other"], profile.Status.Keys);
        Assert.Equal((0, 1), (crm.Calls, other.Calls));
        Assert.Equal(2, (await _engine.Manager.EnrichAsync("u1")).SuccessCount);
        Assert.Equal(1, other.Calls);
    }

    [Fact]
    public async Task Plugins_UnknownName_IsAnArgumentException()
    {
        _engine.Add("crm");

        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.EnrichWithPluginAsync("nobody", "u1").AsTask());
    }

    [Fact]
    public async Task RefreshAsync_WhileTheSecondTierIsRead_GetsNothingOlderThanItsCall()
    {
        var read = new TaskCompletionSource();
        var store = new FakeStore { BeforeRead = _ => read.Task };
        _engine.Store = store;
        store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() - TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)));
        var crm = _engine.Add("crm");
        var first = _engine.Manager.EnrichAsync("u1").AsTask();

        var refresh = _engine.Manager.RefreshAsync("u1").AsTask();
        read.SetResult();

        Assert.Equal(ResultOrigin.Upstream, (await refresh).Status["crm"].Origin);
        await first;
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_PluginReloadedWhileACallerWaits_AnswersItWithTheLaterInstance()
    {
        var gate = new Gate();
        var crm = _engine.Add("crm");
        crm.Answer = gate.Pass;
        var manager = _engine.Manager;
        var before = manager.EnrichAsync("u1").AsTask();
        await gate.Arrivals(1);
        var table = manager.Engine.Plugins;
        var reload = manager.RegisterPluginAsync("crm", new PluginSettings { MaxRetries = 0 }).AsTask();
        await Eventually.True(() => manager.Engine.Plugins != table);
        var after = manager.EnrichAsync("u1").AsTask();
        await gate.Arrivals(1);

        gate.Release(Results.Found("new"));
        await reload;

        Assert.Equal("new", (await after).Enrichments["crm"].Demographics!.City);
        Assert.Equal("new", (await before).Enrichments["crm"].Demographics!.City);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

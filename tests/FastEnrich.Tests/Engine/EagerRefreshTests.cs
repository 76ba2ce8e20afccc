using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>A result that is read again and again is fetched anew before it expires, and nobody waits for that.</summary>
public sealed class EagerRefreshTests : IAsyncLifetime
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_eager = TimeSpan.FromMinutes(9);

    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly Gate _gate = new();
    private readonly FakePlugin _crm;

    public EagerRefreshTests()
    {
        _engine.Options.Engine.EagerRefresh = 0.9;
        _engine.Store = _store;
        _crm = _engine.Add("crm", settings: static settings => (settings.CacheTtl, settings.StaleWhileRevalidate, settings.FetchTimeout) = (s_ttl, TimeSpan.Zero, TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task EnrichAsync_HotUserPastTheShare_IsServedAtOnceAndRefreshedOnce()
    {
        await FillAndReadAgain(s_eager);
        _crm.Answer = _gate.Pass;

        var callers = Enumerable.Range(0, 50).Select(_ => _engine.Manager.EnrichAsync("u1")).ToArray();
        await _gate.Arrivals(1);

        Assert.All(callers, static call => Assert.Equal((true, PluginState.Fresh), (call.IsCompletedSuccessfully, call.Result.Status["crm"].State)));
        _gate.Release(Results.Found("new"));
        await Eventually.True(async () => (await Enrich()).Enrichments["crm"].Demographics!.City == "new");
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_OneTickBeforeTheShare_RefreshesNothing()
    {
        await FillAndReadAgain(s_eager - TimeSpan.FromTicks(1));

        await Enrich();

        Assert.False(_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_UserReadForTheSecondTimePastTheShare_IsNotRefreshedYet()
    {
        await Enrich();
        _engine.Time.Advance(s_eager);
        _crm.Answer = _gate.Pass;

        await Enrich();
        Assert.False(_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
        await Enrich();

        Assert.True(_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
    }

    [Fact]
    public async Task EnrichAsync_SlowTier_DoesNotDelayTheCaller()
    {
        await FillAndReadAgain(s_eager);
        _store.BeforeRead = static _ => new TaskCompletionSource().Task;

        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
        await Eventually.True(() => _store.Reads == 2);
        _engine.Time.Advance(_engine.Options.Engine.L2Timeout);

        await Eventually.True(() => _crm.Calls == 2);
    }

    [Fact]
    public async Task EnrichAsync_ExpiredWhileRefreshing_JoinsTheRefresh()
    {
        await FillAndReadAgain(s_eager);
        _crm.Answer = _gate.Pass;
        await Enrich();
        await _gate.Arrivals(1);
        _engine.Time.Advance(s_ttl - s_eager);

        var waiting = Enrich();
        _gate.Release(Results.Found("new"));

        await waiting;
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_AnotherInstanceHasRefreshed_TakesItsRecord()
    {
        await FillAndReadAgain(s_eager);
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() - TimeSpan.FromSeconds(1), s_ttl, "theirs"));

        await Enrich();
        await Eventually.True(async () => (await Enrich()).Enrichments["crm"].Demographics!.City == "theirs");

        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_RefreshFails_RestsAndKeepsTheFreshValue()
    {
        await FillAndReadAgain(s_eager);
        _crm.Answer = static (_, _) => throw Results.Failure();
        await Enrich();
        await Eventually.True(() => !_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);

        var profile = await Enrich();

        Assert.Equal((PluginState.Fresh, 0, 2), (profile.Status["crm"].State, profile.ErrorCount, _crm.Calls));
        _engine.Time.Advance(TimeSpan.FromSeconds(2));
        await Enrich();
        await Eventually.True(() => _crm.Calls == 3);
    }

    [Fact]
    public async Task EnrichManyAsync_PastTheShare_RefreshesNothing()
    {
        await FillAndReadAgain(s_eager);

        await foreach (var _ in _engine.Manager.EnrichManyAsync(new[] { "u1" }.ToAsyncEnumerable()))
        {
        }

        Assert.False(_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public async Task EnrichAsync_TurnedOff_RefreshesNothingBeforeTheEnd(double share)
    {
        _engine.Options.Plugins["crm"].EagerRefresh = share;
        await FillAndReadAgain(s_ttl - TimeSpan.FromTicks(1));

        await Enrich();

        Assert.Equal((1, 1), (_crm.Calls, _store.Reads));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task FillAndReadAgain(TimeSpan thenWait)
    {
        await Enrich();
        await Eventually.True(() => !_store.Writes.IsEmpty);
        await Enrich();
        await Enrich();
        _engine.Time.Advance(thenWait);
    }

    private Task<EnrichedProfile> Enrich() => _engine.Manager.EnrichAsync("u1").AsTask();
}

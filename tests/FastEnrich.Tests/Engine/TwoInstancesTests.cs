using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Two engines over one second tier, which hear each other.</summary>
public sealed class TwoInstancesTests : IAsyncLifetime
{
    private readonly EngineFixture _a = new();
    private readonly EngineFixture _b;
    private readonly FakeStore _storeA = new();
    private readonly FakeStore _storeB;
    private readonly FakePlugin _crmA;
    private readonly FakePlugin _crmB;

    public TwoInstancesTests()
    {
        _b = new EngineFixture { Time = _a.Time };
        (_a.Store, _b.Store) = (_storeA, _storeB = _storeA.Peer());
        (_crmA, _crmB) = (_a.Add("crm"), _b.Add("crm"));
    }

    [Fact]
    public async Task RefreshAsync_OnOneInstance_IsServedByTheOtherWithoutACall()
    {
        await FillBoth();
        _a.Time.Advance(TimeSpan.FromMinutes(1));
        _crmA.Answer = static (_, _) => new(Results.Found("new"));

        Assert.Equal("new", City(await _a.Manager.RefreshAsync("u1")));
        await Eventually.True(() => _storeA.Writes.Count == 2);

        Assert.Equal("new", City(await _b.Manager.EnrichAsync("u1")));
        Assert.Equal((2, 0), (_crmA.Calls, _crmB.Calls));
    }

    [Fact]
    public async Task RefreshAsync_OtherInstanceHasRoomForOneUser_ServesItFromTheTier()
    {
        _b.Options.Engine.L1.MaxEntries = 1;
        await FillBoth();
        _a.Time.Advance(TimeSpan.FromMinutes(1));
        _crmA.Answer = static (_, _) => new(Results.Found("new"));

        await _a.Manager.RefreshAsync("u1");
        await _a.Manager.EnrichAsync("u2");
        await Eventually.True(() => _storeA.Writes.Count == 3);
        foreach (var user in (string[])["u2", "u1", "u2", "u1"])
        {
            Assert.Equal("new", City(await _b.Manager.EnrichAsync(user)));
        }

        Assert.Equal((3, 0), (_crmA.Calls, _crmB.Calls));
    }

    [Fact]
    public async Task RefreshAsync_SomePlugins_ChangesOnlyThose()
    {
        var (otherA, otherB) = (_a.Add("other"), _b.Add("other"));
        await FillBoth();
        _a.Time.Advance(TimeSpan.FromMinutes(1));
        _storeB.Asked.Clear();

        await _a.Manager.RefreshAsync("u1", ["other"]);
        await Eventually.True(() => _storeA.Writes.Count == 3);
        await _b.Manager.EnrichAsync("u1");

        Assert.Equal((1, 2, 0), (_crmA.Calls, otherA.Calls, otherB.Calls));
        Assert.Equal(["other"], Assert.Single(_storeB.Asked));
    }

    [Fact]
    public async Task EnrichAsync_OwnWrites_ComeBackAsNoMessage()
    {
        await _a.Manager.EnrichAsync("u1");
        await Eventually.True(() => !_storeA.Writes.IsEmpty);

        await _a.Manager.EnrichAsync("u1");

        Assert.Equal(1, _storeA.Reads);
    }

    [Fact]
    public async Task EnrichAsync_NotModified_RenewsTheRecordThatAnotherInstanceWrote()
    {
        _crmA.Answer = static (_, _) => new(EnrichmentResult.Found(Results.Enrichment("kept", ttl: TimeSpan.FromMinutes(5)), validator: "etag"));
        await _a.Manager.EnrichAsync("u1");
        await Eventually.True(() => !_storeA.Writes.IsEmpty);
        _a.Time.Advance(TimeSpan.FromHours(1)); // past revalidation
        _crmB.Answer = static (_, _) => new(EnrichmentResult.NotModified());

        var profile = await _b.Manager.EnrichAsync("u1");
        await Eventually.True(() => !_storeB.Writes.IsEmpty);

        Assert.Equal(("etag", "kept"), (_crmB.Requests[0].Previous!.Validator, City(profile)));
        var record = _storeB.Get("u1", "crm")!;
        Assert.Equal((_a.Time.GetUtcNow() + TimeSpan.FromMinutes(5), "etag"), (record.FreshUntil, record.Validator));
    }

    [Fact]
    public async Task EnrichAsync_Jitter_IsAppliedOnceAndTheSameInBothTiers()
    {
        (_a.TtlJitter, _b.TtlJitter) = (0.1, 0.1);
        var status = (await _a.Manager.EnrichAsync("u1")).Status["crm"];
        await Eventually.True(() => !_storeA.Writes.IsEmpty);

        Assert.Equal(status.FreshUntil, _storeA.Get("u1", "crm")!.FreshUntil);
        Assert.Equal(status.FreshUntil, (await _b.Manager.EnrichAsync("u1")).Status["crm"].FreshUntil);
    }

    [Fact]
    public async Task EnrichAsync_ReaderWithLongerWindows_StopsWhereTheRecordEnds()
    {
        (_a.Options.Engine.StaleIfError, _b.Options.Engine.StaleIfError) = (TimeSpan.FromHours(1), TimeSpan.FromHours(24));
        await FillBoth();
        _crmB.Answer = static (_, _) => throw Results.Failure();

        _a.Time.Advance(TimeSpan.FromMinutes(90) - TimeSpan.FromTicks(1));
        Assert.Equal(PluginState.Stale, (await _b.Manager.EnrichAsync("u1")).Status["crm"].State);
        _a.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(PluginState.Failed, (await _b.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task EnrichAsync_ExpiredHereWhileTheTierHoldsAnOlderCopy_IsNotBroughtBackByIt()
    {
        await FillBoth();
        _storeA.Full = true; // the refresh does not reach the tier
        _a.Time.Advance(TimeSpan.FromMinutes(20));
        _crmA.Answer = static (_, _) => new(Results.Found("newer", TimeSpan.FromMinutes(1)));
        await _a.Manager.RefreshAsync("u1");
        _a.Time.Advance(TimeSpan.FromHours(2));
        _crmA.Answer = static (_, _) => throw Results.Failure();

        Assert.Equal("newer", City(await _a.Manager.EnrichAsync("u1")));
    }

    [Fact]
    public async Task EnrichAsync_TwoOfFiveRecordsThere_RunsTheOtherThreeWithOneRead()
    {
        var plugins = Enumerable.Range(0, 4).Select(i => _a.Add($"p{i}")).ToArray();
        _storeA.Put("u1", FakeStore.Record(_a.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));
        _storeA.Put("u1", FakeStore.Record(_a.Time.GetUtcNow(), TimeSpan.FromMinutes(5), plugin: "p0"));

        Assert.Equal(5, (await _a.Manager.EnrichAsync("u1")).SuccessCount);

        Assert.Equal((1, 0, 0), (_storeA.Reads, _crmA.Calls, plugins[0].Calls));
        Assert.All(plugins[1..], static plugin => Assert.Equal(1, plugin.Calls));
    }

    [Fact]
    public async Task EnrichAsync_TwoInstancesFillDifferentPlugins_BothResultsStay()
    {
        _a.Add("other");
        _b.Add("other");

        await Task.WhenAll(_a.Manager.EnrichWithPluginAsync("crm", "u1").AsTask(), _b.Manager.EnrichWithPluginAsync("other", "u1").AsTask());
        await Eventually.True(() => _storeA.Writes.Count + _storeB.Writes.Count == 2);

        Assert.Equal(2, (await _a.Manager.EnrichAsync("u1", new EnrichOptions { Mode = EnrichMode.CacheOnly })).SuccessCount);
        Assert.Equal(2, (await _b.Manager.EnrichAsync("u1", new EnrichOptions { Mode = EnrichMode.CacheOnly })).SuccessCount);
    }

    [Fact]
    public async Task EnrichAsync_CallerLeftBeforeTheResult_TheOtherInstanceStillGetsIt()
    {
        await FillBoth();
        _a.Time.Advance(TimeSpan.FromMinutes(1));
        var gate = new Gate();
        _crmA.Answer = gate.Pass;
        var left = _a.Manager.EnrichAsync("u1", new EnrichOptions { Mode = EnrichMode.Refresh, Deadline = TimeSpan.FromMilliseconds(1) }).AsTask();
        await gate.Arrivals(1);
        _a.Time.Advance(TimeSpan.FromMilliseconds(1));
        await left;
        gate.Release(Results.Found("late"));
        await Eventually.True(() => _storeA.Writes.Count == 2);

        Assert.Equal("late", City(await _b.Manager.EnrichAsync("u1")));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    private static string? City(EnrichedProfile profile) => profile.Enrichments["crm"].Demographics!.City;

    private async Task FillBoth()
    {
        var plugins = _a.Options.Plugins.Count;
        await _a.Manager.EnrichAsync("u1");
        await Eventually.True(() => _storeA.Writes.Count == plugins);
        await _b.Manager.EnrichAsync("u1");
        await _b.Manager.EnrichAsync("u1");
    }
}

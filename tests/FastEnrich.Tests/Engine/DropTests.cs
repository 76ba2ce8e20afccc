using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>All of one plugin is gone in one step, for every user, here and elsewhere.</summary>
public sealed class DropTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly Gate _gate = new();
    private readonly FakePlugin _crm;
    private readonly FakePlugin _other;

    public DropTests()
    {
        _engine.Store = _store;
        _crm = _engine.Add("crm");
        _other = _engine.Add("other");
    }

    [Fact]
    public async Task DropAsync_HeldByManyUsers_IsFetchedAnewAndNothingElseIs()
    {
        await Fill("u1", "u2");

        Assert.True(await _engine.Manager.DropAsync("crm"));
        await Enrich("u1");
        await Enrich("u2");

        Assert.Equal((4, 2), (_crm.Calls, _other.Calls));
        Assert.All(_crm.Requests, static request => Assert.Null(request.Previous));
    }

    [Fact]
    public async Task Dropped_ByAnotherInstance_IsFetchedAnew()
    {
        await Fill("u1");

        await _store.Peer().DropAsync("crm", CancellationToken.None);
        await Enrich("u1");

        Assert.Equal((2, 1), (_crm.Calls, _other.Calls));
    }

    [Fact]
    public async Task DropAsync_UpstreamFailsAfterwards_BringsNothingBack()
    {
        await Fill("u1");
        _crm.Answer = static (_, _) => throw Results.Failure();

        await _engine.Manager.DropAsync("crm");

        Assert.Equal(PluginState.Failed, (await Enrich("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task DropAsync_FlightOnItsWay_IsFetchedOnceMoreForWhoWaits()
    {
        _crm.Answer = _gate.Pass;
        var waiting = Enrich("u1");
        await _gate.Arrivals(1);

        await _engine.Manager.DropAsync("crm");
        _gate.Release(Results.Found("old"));
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("new"));

        Assert.Equal("new", (await waiting).Enrichments["crm"].Demographics!.City);
        await Eventually.True(() => _store.Writes.Count == 2);
        Assert.Equal("new", EnrichmentJson.Decode(_store.Get("u1", "crm")!.Payload).Demographics!.City);
    }

    [Fact]
    public async Task DropAsync_FlightThatNobodyWaitsFor_FillsNothing()
    {
        _crm.Answer = _gate.Pass;
        var left = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(1) }).AsTask();
        await _gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(1));
        await left;

        await _engine.Manager.DropAsync("crm");
        _gate.Release(Results.Found("old"));
        await Eventually.True(() => !_engine.Manager.Inspect("u1")!.Slots.TryGetValue("crm", out var slot) || !slot.InFlight);

        Assert.Equal(PluginState.Skipped, (await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Mode = EnrichMode.CacheOnly })).Status["crm"].State);
        Assert.Null(_store.Get("u1", "crm"));
    }

    [Fact]
    public async Task DropAsync_ReadOfTheTierOnItsWay_IsNotServed()
    {
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "old"));
        var handOver = new TaskCompletionSource();
        _store.AfterRead = () => handOver.Task;
        var waiting = Enrich("u1");
        await Eventually.True(() => _store.Reads == 1);

        await _engine.Manager.DropAsync("crm");
        handOver.SetResult();

        Assert.Equal("u1", (await waiting).Enrichments["crm"].Demographics!.City);
    }

    [Fact]
    public async Task DropAsync_AnotherPluginIsRegisteredLater_StaysDropped()
    {
        await Fill("u1");
        await _engine.Manager.DropAsync("crm");

        await _engine.Manager.RegisterPluginAsync("other", new PluginSettings { MaxRetries = 0 });
        await Enrich("u1");

        Assert.Equal(2, _crm.Calls);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("throws")]
    [InlineData("hangs")]
    public async Task DropAsync_TierDoesNotConfirm_SaysSoAndDropsHere(string how)
    {
        await Fill("u1");
        _store.OnDrop = how switch
        {
            "false" => static () => Task.FromResult(false),
            "throws" => static () => throw new InvalidOperationException(),
            _ => static () => new TaskCompletionSource<bool>().Task,
        };

        var dropping = _engine.Manager.DropAsync("crm").AsTask();
        _engine.Time.Advance(_engine.Options.Engine.ConnectTimeout);

        Assert.False(await dropping);
        await Enrich("u1");
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task DropAsync_UnknownPlugin_IsAnArgumentException() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.DropAsync("nobody").AsTask());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task Fill(params string[] users)
    {
        foreach (var user in users)
        {
            await Enrich(user);
            await Eventually.True(() => _store.Get(user, "crm") is not null && _store.Get(user, "other") is not null);
            await Enrich(user);
        }
    }

    private Task<EnrichedProfile> Enrich(string user) => _engine.Manager.EnrichAsync(user).AsTask();
}

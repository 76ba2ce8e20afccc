using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>What other instances change is seen here, once each, and hurts nobody who waits.</summary>
public sealed class OtherInstancesTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly FakePlugin _crm;

    public OtherInstancesTests()
    {
        _engine.Store = _store;
        _crm = _engine.Add("crm");
    }

    [Fact]
    public async Task Changed_NewerRecord_IsReadOnceForAllCallersAndServed()
    {
        await Fill();
        var read = new TaskCompletionSource();
        _store.BeforeRead = _ => read.Task;
        Replace("new");

        var callers = Enumerable.Range(0, 20).Select(_ => Enrich()).ToArray();
        read.SetResult();

        Assert.All(await Task.WhenAll(callers), static profile => Assert.Equal(("new", ResultOrigin.L2), (City(profile), profile.Status["crm"].Origin)));
        Assert.Equal((2, 1), (_store.Reads, _crm.Calls));
        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(0)] // the same record
    [InlineData(-5)] // an older one: ours is on its way
    public async Task Changed_RecordThatIsNotNewer_ConfirmsWhatIsHeld(int minutes)
    {
        await Fill();
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() + TimeSpan.FromMinutes(minutes), TimeSpan.FromHours(1), "other"));
        _store.Listener!.Changed("u1", ["crm"]);

        Assert.Equal("u1", City(await Enrich()));
        Assert.Equal("u1", City(await Enrich()));
        Assert.Equal((2, 1), (_store.Reads, _crm.Calls));
    }

    [Fact]
    public async Task Changed_RecordIsGone_FetchesAnew()
    {
        await Fill();
        _store.Confirm("u1"); // erased, and written by nobody since
        _store.Listener!.Changed("u1", ["crm"]);

        await Enrich();

        Assert.Equal(2, _crm.Calls);
        Assert.Null(_crm.Requests[1].Previous);
    }

    [Fact]
    public async Task Changed_UserOrPluginThatIsNotHeld_DoesNothing()
    {
        await Fill();
        _store.Listener!.Changed("u2", ["crm"]);
        _store.Listener!.Changed("u1", ["nobody", ""]);

        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
        Assert.Null(_engine.Manager.Inspect("u2"));
        Assert.Equal(1, _store.Reads);
    }

    [Fact]
    public async Task Changed_OnePlugin_LooksUpNoOther()
    {
        _engine.Add("other");
        await Fill();
        Replace("new");

        await Enrich();

        Assert.Equal(["crm"], _store.Asked.Last());
    }

    [Fact]
    public async Task Changed_WhileTheTierIsRead_ReadsOnceMore()
    {
        await Fill();
        _store.Listener!.Changed("u1", ["crm"]);
        var handOver = new TaskCompletionSource();
        _store.AfterRead = () => handOver.Task;
        var waiting = Enrich();
        await Eventually.True(() => _store.Reads == 2);

        Replace("new");
        handOver.SetResult();

        Assert.Equal("new", City(await waiting));
        Assert.Equal((3, 1), (_store.Reads, _crm.Calls));
    }

    [Fact]
    public async Task Changed_WhileTheUpstreamIsAsked_LooksAtItsAnswerOnceMore()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var waiting = Enrich();
        await gate.Arrivals(1);
        _store.Listener!.Changed("u1", ["crm"]);
        gate.Release(Results.Found("mine"));
        await waiting;
        await Eventually.True(() => _store.Writes.Count == 1);
        Replace("theirs");

        Assert.Equal("theirs", City(await Enrich()));
        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task Changed_WhileACallerWaitsForAnotherPlugin_TakesNothingFromIt()
    {
        await Fill();
        var gate = new Gate();
        _engine.Options.Engine.Redis.DisconnectedServing = TimeSpan.Zero;
        _engine.Add("slow").Answer = gate.Pass;
        await _engine.Manager.RegisterPluginAsync("slow", new PluginSettings { MaxRetries = 0 });
        var waiting = Enrich();
        await gate.Arrivals(1);

        _store.Listener!.Changed("u1", ["crm"]);
        gate.Release(Results.Found("slow"));

        Assert.Equal(2, (await waiting).SuccessCount);
        Assert.Equal(2, (await Enrich()).SuccessCount);
    }

    [Fact]
    public async Task Changed_TierDoesNotAnswer_ServesWhatIsHeldForAsLongAsDisconnectedAndThenFetches()
    {
        await Fill();
        _store.Listener!.Changed("u1", ["crm"]);
        _store.BeforeRead = static _ => throw new InvalidOperationException();

        Assert.Equal("u1", City(await Enrich()));
        _engine.Time.Advance(TimeSpan.FromSeconds(60));
        _crm.Answer = static (_, _) => new(Results.Found("new"));

        Assert.Equal("new", City(await Enrich()));
    }

    [Fact]
    public async Task Erased_UserThatIsHeld_IsGoneAtOnce()
    {
        await Fill();

        _store.Peer().Confirm("u1");

        Assert.Null(_engine.Manager.Inspect("u1"));
        await Enrich();
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task Erased_WhileTheUpstreamIsAsked_AnswersWithWhatIsLeftAndWritesNothing()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var waiting = Enrich();
        await gate.Arrivals(1);

        _store.Peer().Confirm("u1");
        Assert.Equal(PluginState.Skipped, (await waiting).Status["crm"].State);
        gate.Release(Results.Found("old"));
        var after = Enrich();
        await gate.Arrivals(1);
        gate.Release(Results.Found("new"));

        Assert.Equal("new", City(await after));
        await Eventually.True(() => !_store.Writes.IsEmpty);
        Assert.Single(_store.Writes);
    }

    [Fact]
    public async Task Erased_MessageIsLost_TheNextReadOfTheTierFindsOut()
    {
        _engine.Add("other", settings: static settings => settings.CacheTtl = settings.StaleWhileRevalidate = TimeSpan.FromMinutes(1));
        await Fill();
        _store.Deaf = true;
        _store.Peer().Confirm("u1");

        _engine.Time.Advance(TimeSpan.FromMinutes(3)); // "other" has to be looked up again
        await Enrich();
        await Enrich();

        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task Erased_MessageIsLostWhileTheUpstreamIsAsked_ItsAnswerIsNotKept()
    {
        _engine.Add("other", settings: static settings => settings.CacheTtl = settings.StaleWhileRevalidate = TimeSpan.Zero);
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var before = _engine.Manager.EnrichWithPluginAsync("crm", "u1").AsTask();
        await gate.Arrivals(1);
        _store.Deaf = true;
        _store.Peer().Confirm("u1");
        await _engine.Manager.EnrichWithPluginAsync("other", "u1"); // reads the new erase token

        gate.Release(Results.Found("old"));
        await gate.Arrivals(1);
        gate.Release(Results.Found("new"));

        Assert.Equal("new", City(await before));
        Assert.Equal("new", City(await _engine.Manager.EnrichWithPluginAsync("crm", "u1")));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string? City(EnrichedProfile profile) => profile.Enrichments["crm"].Demographics!.City;

    private async Task Fill()
    {
        await Enrich();
        await Eventually.True(() => _store.Writes.Count == _engine.Manager.ListPlugins().Count(static status => status.Enabled));
        await Enrich();
    }

    /// <summary>Another instance fetches the user anew.</summary>
    private void Replace(string city)
    {
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() + TimeSpan.FromTicks(1), TimeSpan.FromHours(1), city));
        _store.Listener!.Changed("u1", ["crm"]);
    }

    private Task<EnrichedProfile> Enrich() => _engine.Manager.EnrichAsync("u1").AsTask();
}

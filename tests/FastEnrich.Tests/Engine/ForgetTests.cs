using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>A forgotten user's old data is neither served nor stored, wherever it was when the user was forgotten.</summary>
public sealed class ForgetTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task ForgetAsync_WithoutASecondTier_IsCompleteAtOnce()
    {
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");

        var receipt = await _engine.Manager.ForgetAsync("u1");

        Assert.Equal((true, null, null, true), (receipt.Local, receipt.L2, receipt.Published, receipt.Complete));
        Assert.Null(_engine.Manager.Inspect("u1"));
        await _engine.Manager.EnrichAsync("u1");
        Assert.Equal(2, crm.Calls);
        Assert.Null(crm.Requests[1].Previous);
    }

    [Fact]
    public async Task ForgetAsync_FlightOnItsWay_IsNeitherServedNorStoredNorWritten()
    {
        _engine.Store = _store;
        var crm = _engine.Add("crm");
        crm.Answer = _gate.Pass;
        var waiting = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);

        Assert.True((await _engine.Manager.ForgetAsync("u1")).Complete);
        Assert.Equal(PluginState.Skipped, (await waiting).Status["crm"].State);
        var after = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("old"), 1);
        _gate.Release(Results.Found("new"));

        Assert.Equal("new", (await after).Merged.Demographics!.City);
        Assert.Equal("new", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
        await Eventually.True(() => !_store.Writes.IsEmpty);
        Assert.Single(_store.Writes);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task ForgetAsync_UnconfirmedPart_IsNotComplete(bool erased, bool published)
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.OnForget = () => Task.FromResult((erased, published));

        var receipt = await _engine.Manager.ForgetAsync("u1");

        Assert.Equal((true, erased, published, false), (receipt.Local, receipt.L2, receipt.Published, receipt.Complete));
    }

    [Fact]
    public async Task ForgetAsync_SecondTierFailsOrHangs_IsNotComplete()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.OnForget = static () => throw new InvalidOperationException();
        Assert.False((await _engine.Manager.ForgetAsync("u1")).Complete);
        _store.OnForget = static () => new TaskCompletionSource<(bool, bool)>().Task;

        var hanging = _engine.Manager.ForgetAsync("u1").AsTask();
        _engine.Time.Advance(_engine.Options.Engine.ConnectTimeout);

        Assert.False((await hanging).Complete);
    }

    [Fact]
    public async Task ForgetAsync_CallerReadsTheOldRecordMeanwhile_TheRecordDoesNotStay()
    {
        _engine.Store = _store;
        var crm = _engine.Add("crm");
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "old"));
        var erase = new TaskCompletionSource<(bool, bool)>();
        _store.OnForget = () => erase.Task;
        var forgetting = _engine.Manager.ForgetAsync("u1").AsTask();
        await _engine.Manager.EnrichAsync("u1"); // fills memory from the record that is about to go

        erase.SetResult((true, true));
        await forgetting;

        Assert.Null(_engine.Manager.Inspect("u1"));
        Assert.Equal("u1", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task ForgetAsync_ReadOfTheOldRecordOnItsWay_IsNotServed()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "old"));
        var handOver = new TaskCompletionSource();
        _store.AfterRead = () => handOver.Task;
        var waiting = _engine.Manager.EnrichAsync("u1").AsTask();
        await Eventually.True(() => _store.Reads == 1);

        await _engine.Manager.ForgetAsync("u1");
        handOver.SetResult();

        Assert.Empty((await waiting).Enrichments);
        Assert.Equal("u1", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
    }

    [Fact]
    public async Task ForgetAsync_CancelledWhileTheSecondTierErases_StillForgetsHere()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "old"));
        var erase = new TaskCompletionSource<(bool, bool)>();
        _store.OnForget = () => erase.Task;
        using var cancellation = new CancellationTokenSource();
        var forgetting = _engine.Manager.ForgetAsync("u1", cancellation.Token).AsTask();
        await _engine.Manager.EnrichAsync("u1");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forgetting);
        Assert.Null(_engine.Manager.Inspect("u1"));
    }

    [Fact]
    public async Task ForgetAsync_Unconfirmed_OldRecordIsNotReadBackAndNothingIsWritten()
    {
        _engine.Store = _store;
        var crm = _engine.Add("crm");
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "old"));
        _store.OnForget = static () => Task.FromResult((false, false));

        Assert.False((await _engine.Manager.ForgetAsync("u1")).Complete);
        Assert.Equal("u1", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
        Assert.Empty(_store.Writes);
        _store.OnForget = static () => Task.FromResult((true, true));

        Assert.True((await _engine.Manager.ForgetAsync("u1")).Complete);
        Assert.Null(_store.Get("u1", "crm"));
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task ForgetAsync_WriteInTheQueue_IsRefused()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.Queues = true;
        await _engine.Manager.EnrichAsync("u1");

        Assert.True((await _engine.Manager.ForgetAsync("u1")).Complete);
        _store.Flush();

        Assert.Null(_store.Get("u1", "crm"));
    }

    [Fact]
    public async Task ForgetAsync_SecondOneMeanwhile_BothAreConfirmedAndTheUserIsGone()
    {
        _engine.Store = _store;
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        var erase = new TaskCompletionSource<(bool, bool)>();
        _store.OnForget = () => erase.Task;
        var first = _engine.Manager.ForgetAsync("u1").AsTask();
        var second = _engine.Manager.ForgetAsync("u1").AsTask();

        erase.SetResult((true, true));

        Assert.True((await first).Complete && (await second).Complete);
        Assert.Null(_engine.Manager.Inspect("u1"));
        await _engine.Manager.EnrichAsync("u1");
        Assert.Equal(2, crm.Calls);
    }

    [Fact]
    public async Task ForgetAsync_CallBegunMeanwhile_FetchesAnewAndIsNotForgotten()
    {
        _engine.Store = _store;
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        await Eventually.True(() => !_store.Writes.IsEmpty);
        _store.Confirm("u1");
        var erase = new TaskCompletionSource<(bool, bool)>();
        _store.OnForget = () => erase.Task;
        crm.Answer = _gate.Pass;
        var forgetting = _engine.Manager.ForgetAsync("u1").AsTask();
        var waiting = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);

        erase.SetResult((true, true));
        await forgetting;
        _gate.Release(Results.Found("new"));

        Assert.Equal("new", (await waiting).Merged.Demographics!.City);
    }

    [Fact]
    public async Task ForgetAsync_ReadThatBeganBeforeTheErasure_IsReadOnceMore()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "old"));
        var (erase, handOver) = (new TaskCompletionSource<(bool, bool)>(), new TaskCompletionSource());
        _store.OnForget = () => erase.Task;
        _store.AfterRead = () => handOver.Task;
        var forgetting = _engine.Manager.ForgetAsync("u1").AsTask();
        var waiting = _engine.Manager.EnrichAsync("u1").AsTask();
        await Eventually.True(() => _store.Reads == 1);

        erase.SetResult((true, true));
        await forgetting;
        handOver.SetResult();

        Assert.Equal("u1", (await waiting).Merged.Demographics!.City);
        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task ForgetAsync_OtherInstance_HoldsAndServesNothingOnceItIsComplete()
    {
        _engine.Store = _store;
        _engine.Add("crm");
        await using var other = new EngineFixture { Store = _store.Peer(), Time = _engine.Time };
        var crm = other.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        await Eventually.True(() => !_store.Writes.IsEmpty);
        await other.Manager.EnrichAsync("u1");

        Assert.True((await _engine.Manager.ForgetAsync("u1")).Complete);

        Assert.Null(other.Manager.Inspect("u1"));
        await other.Manager.EnrichAsync("u1");
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task ForgetAsync_CallerThatFetchesApart_IsNotServedTheOldData()
    {
        var crm = _engine.Add("crm", needs: [new("email", true)]);
        await _engine.Manager.EnrichAsync("u1");
        crm.Answer = _gate.Pass;
        var request = new EnrichmentRequest("u1", new Dictionary<string, string> { ["email"] = "x@example.org" });
        var apart = _engine.Manager.EnrichAsync(request, new EnrichOptions { UntrustedIdentities = true }).AsTask();
        await _gate.Arrivals(1);

        await _engine.Manager.ForgetAsync("u1");
        _gate.Release(Results.Found("old"));

        Assert.Empty((await apart).Enrichments);
        Assert.Null(_engine.Manager.Inspect("u1"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Two instances fetch the same user: of two results, the one that was asked for later is the one that stays, here, there and in the tier.</summary>
public sealed class OvertakenTests : IAsyncLifetime
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly EngineFixture _a = new();
    private readonly EngineFixture _b;
    private readonly FakeStore _storeA = new();
    private readonly FakeStore _storeB;
    private readonly FakePlugin _crmA;
    private readonly FakePlugin _crmB;

    public OvertakenTests()
    {
        _b = new EngineFixture { Time = _a.Time };
        (_a.Store, _b.Store) = (_storeA, _storeB = _storeA.Peer());
        (_crmA, _crmB) = (_a.Add("crm"), _b.Add("crm"));
    }

    [Fact]
    public async Task EnrichAsync_SlowCallBeganBeforeTheOthersRefresh_TheRefreshStays()
    {
        await _a.Manager.EnrichAsync("u1");
        await Eventually.True(() => _storeA.Writes.Count == 1);

        await OvertakeAsync();

        await BothServeAsync("newer");
        Assert.Equal((2, 1), (_crmA.Calls, _crmB.Calls));
    }

    [Fact]
    public async Task EnrichAsync_SlowCallBeganBeforeTheOthersFirstResult_ThatOneStays()
    {
        await OvertakeAsync(); // the tier was empty, so nobody was told of a change

        await BothServeAsync("newer");
        Assert.Equal((1, 1), (_crmA.Calls, _crmB.Calls));
    }

    [Fact]
    public async Task EnrichAsync_SlowCallBeganAfterTheOthersFetch_ReplacesIt()
    {
        await _b.Manager.EnrichAsync("u1");
        await Eventually.True(() => _storeB.Writes.Count == 1);
        _a.Time.Advance(s_second);
        var gate = new Gate();
        _crmA.Answer = gate.Pass;

        var slow = _a.Manager.RefreshAsync("u1").AsTask();
        await gate.Arrivals(1);
        _a.Time.Advance(s_second);
        gate.Release(Results.Found("newer"));
        await slow;
        await Eventually.True(() => _storeA.Writes.Count == 1);

        await BothServeAsync("newer");
    }

    [Fact]
    public async Task EnrichAsync_SlowCall_IsAsOldAsItsBeginningAndFreshFromItsEnd()
    {
        var began = _a.Time.GetUtcNow();
        var gate = new Gate();
        _crmA.Answer = gate.Pass;

        var slow = _a.Manager.EnrichAsync("u1").AsTask();
        await gate.Arrivals(1);
        _a.Time.Advance(s_second);
        gate.Release(Results.Found("slow", TimeSpan.FromMinutes(5)));

        var status = (await slow).Status["crm"];
        Assert.Equal((began, began + s_second + TimeSpan.FromMinutes(5)), (status.FetchedAt, status.FreshUntil));
    }

    [Fact]
    public async Task EnrichAsync_JoinedACallWhoseResultHasNoLife_IsFreshToWhoJoined()
    {
        var gate = new Gate();
        _crmA.Answer = gate.Pass;
        var first = _a.Manager.EnrichAsync("u1").AsTask();
        await gate.Arrivals(1);
        _a.Time.Advance(s_second);

        var joined = _a.Manager.EnrichAsync("u1").AsTask();
        gate.Release(Results.Found("once", TimeSpan.Zero));

        Assert.Equal((PluginState.Fresh, PluginState.Fresh), ((await first).Status["crm"].State, (await joined).Status["crm"].State));
        Assert.Equal(1, _crmA.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reconnect_BothRefreshedWhileCutOff_BothServeWhatWasAskedForLater(bool laterIsReadFirst)
    {
        await FillBothAsync();
        Cut(_storeA);
        Cut(_storeB);
        await RefreshAsync(_a, _crmA, "earlier");
        await RefreshAsync(_b, _crmB, "later");

        Heal(_storeA);
        Heal(_storeB);
        foreach (var instance in laterIsReadFirst ? (EngineFixture[])[_b, _a] : [_a, _b])
        {
            await instance.Manager.EnrichAsync("u1");
        }

        await BothServeAsync("later");
        Assert.Equal((2, 2), (_crmA.Calls, _crmB.Calls));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public async Task Reconnect_ThreeRefreshedWhileCutOff_AllServeWhatWasAskedForLast(params int[] readers)
    {
        var storeC = _storeA.Peer();
        await using var c = new EngineFixture { Time = _a.Time, Store = storeC };
        var crmC = c.Add("crm");
        await FillBothAsync();
        await c.Manager.EnrichAsync("u1");
        FakeStore[] stores = [_storeA, _storeB, storeC];
        Array.ForEach(stores, Cut);
        await RefreshAsync(_b, _crmB, "first");
        await RefreshAsync(c, crmC, "second");
        await RefreshAsync(_a, _crmA, "last");
        var calls = (_crmA.Calls, _crmB.Calls, crmC.Calls);

        Array.ForEach(stores, Heal);
        foreach (var reader in readers)
        {
            await ((EngineFixture[])[_a, _b, c])[reader].Manager.EnrichAsync("u1");
        }

        await BothServeAsync("last");
        Assert.Equal("last", City(await c.Manager.EnrichAsync("u1")));
        Assert.Equal(calls, (_crmA.Calls, _crmB.Calls, crmC.Calls));
    }

    [Fact]
    public async Task Reconnect_OneRefreshedWhileCutOff_TheOtherServesItToo()
    {
        await FillBothAsync();
        Cut(_storeA);
        await RefreshAsync(_a, _crmA, "meanwhile");

        Heal(_storeA);
        await _a.Manager.EnrichAsync("u1");

        await BothServeAsync("meanwhile");
        Assert.Equal((2, 1), (_crmA.Calls, _crmB.Calls));
    }

    [Fact]
    public async Task Reconnect_RefreshedWhileCutOffAndForgottenMeanwhile_IsNotWritten()
    {
        await FillBothAsync();
        Cut(_storeA);
        await RefreshAsync(_a, _crmA, "of before");
        await _b.Manager.ForgetAsync("u1");
        _crmA.Answer = _crmB.Answer = static (_, _) => new(Results.Found("anew"));
        await _b.Manager.EnrichAsync("u1");

        Heal(_storeA);

        await BothServeAsync("anew");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    private static async Task RefreshAsync(EngineFixture instance, FakePlugin crm, string city)
    {
        instance.Time.Advance(s_second);
        crm.Answer = (_, _) => new(Results.Found(city));
        Assert.Equal(city, City(await instance.Manager.RefreshAsync("u1")));
    }

    private static void Cut(FakeStore store)
    {
        store.BeforeRead = static _ => throw new IOException("away");
        store.Disconnect();
    }

    private static void Heal(FakeStore store)
    {
        store.BeforeRead = static _ => Task.CompletedTask;
        store.Connect();
    }

    private static string? City(EnrichedProfile profile) => profile.Enrichments["crm"].Demographics!.City;

    /// <summary>The first instance's call begins, the second one's whole fetch comes and goes, and the first one's answer arrives.</summary>
    private async Task OvertakeAsync()
    {
        _a.Time.Advance(s_second);
        var gate = new Gate();
        _crmA.Answer = gate.Pass;
        var slow = _a.Manager.RefreshAsync("u1").AsTask();
        await gate.Arrivals(1);
        await RefreshAsync(_b, _crmB, "newer");
        await Eventually.True(() => _storeB.Writes.Count == 1);
        _a.Time.Advance(s_second);
        gate.Release(Results.Found("older"));
        Assert.Equal("older", City(await slow)); // to those who waited
    }

    private async Task FillBothAsync()
    {
        await _a.Manager.EnrichAsync("u1");
        await Eventually.True(() => _storeA.Writes.Count == 1);
        await _b.Manager.EnrichAsync("u1");
        Assert.Equal((1, 0), (_crmA.Calls, _crmB.Calls));
        _crmB.Answer = static (_, _) => new(Results.Found("b"));
        await RefreshAsync(_b, _crmB, "b");
        await Eventually.True(() => _storeB.Writes.Count == 1);
        await _a.Manager.EnrichAsync("u1");
    }

    private async Task BothServeAsync(string city)
    {
        await Eventually.True(() => _storeA.Get("u1", "crm") is { } record && System.Text.Encoding.UTF8.GetString(record.Payload.Span).Contains($"\"{city}\"", StringComparison.Ordinal));
        Assert.Equal(city, City(await _a.Manager.EnrichAsync("u1")));
        Assert.Equal(city, City(await _b.Manager.EnrichAsync("u1")));
    }
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>A stream that is left early, or whose users fail, gives its places in the window back, and leaves no user behind.</summary>
public sealed class BulkWindowTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    public BulkWindowTests() => _engine.Options.Engine.BulkWindow = 4;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichManyAsync_LeftEarlyManyTimes_NeverRunsOutOfPlaces(bool asCompleted)
    {
        _engine.Add("crm");
        for (var i = 0; i < 10; i++)
        {
            await foreach (var _ in _engine.Manager.EnrichManyAsync(Users(20), new BulkOptions { AsCompleted = asCompleted }))
            {
                break;
            }
        }

        var all = await _engine.Manager.EnrichManyAsync(Users(20), new BulkOptions { AsCompleted = asCompleted }).CountAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(20, all);
    }

    [Fact]
    public async Task EnrichManyAsync_AUserThatIsRefused_GivesItsPlaceBack()
    {
        _engine.Add("crm");
        var options = new BulkOptions { Each = new EnrichOptions { Plugins = ["nobody"] } };
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await _engine.Manager.EnrichManyAsync(Users(1), options).CountAsync());
        }

        Assert.Equal(20, await _engine.Manager.EnrichManyAsync(Users(20)).CountAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task EnrichManyAsync_NewUsers_LeaveMemoryAndKnownOnesStay()
    {
        _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");
        await _engine.Manager.PrefetchAsync(["u2"]);

        await _engine.Manager.EnrichManyAsync(Users(10)).CountAsync();

        Assert.Equal(["u1", "u2"], Enumerable.Range(0, 10).Select(static i => $"u{i}").Where(id => _engine.Manager.Inspect(id) is not null));
    }

    [Fact]
    public async Task EnrichManyAsync_UserWithARefreshBehind_LeavesMemoryWhenItEnds()
    {
        var store = new FakeStore();
        _engine.Store = store;
        var gate = new Gate();
        _engine.Add("crm").Answer = gate.Pass;
        store.Put("u0", FakeStore.Record(_engine.Time.GetUtcNow() - TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(5)));
        Assert.Equal(PluginState.Stale, (await _engine.Manager.EnrichManyAsync(Users(1)).FirstAsync()).Status["crm"].State);
        await gate.Arrivals(1);

        gate.Release(Results.Found("new"));

        await Eventually.True(() => store.Writes.Count == 1 && _engine.Manager.Inspect("u0") is null);
    }

    [Fact]
    public async Task EnrichManyAsync_WithoutADeadline_WaitsForAsLongAsTheFetchTakes()
    {
        var gate = new Gate();
        _engine.Add("crm", settings: static settings => settings.FetchTimeout = TimeSpan.FromMinutes(10)).Answer = gate.Pass;
        var all = _engine.Manager.EnrichManyAsync(Users(1)).FirstAsync().AsTask();
        await gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(all.IsCompleted);

        gate.Release(Results.Found());

        Assert.True((await all).Complete);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static IAsyncEnumerable<string> Users(int count) => Enumerable.Range(0, count).Select(static i => $"u{i}").ToAsyncEnumerable();
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>The second tier is started and stopped with the engine; bulk work waits for its writer.</summary>
public sealed class SecondTierLifetimeTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();

    public SecondTierLifetimeTests()
    {
        _engine.Store = _store;
        _engine.Add("crm");
    }

    [Fact]
    public async Task StartAsync_Twice_StartsTheTierOnce()
    {
        _store.Connects = false;
        await _engine.Manager.StartAsync();
        var listener = _store.Listener;

        await _engine.Manager.StartAsync();

        Assert.NotNull(listener);
        Assert.Equal(1, _store.Starts);
    }

    [Fact]
    public async Task DisposeAsync_WritesInTheQueue_AreFlushedAfterTheLastFlight()
    {
        _store.Queues = true;
        await _engine.Manager.EnrichAsync("u1");

        await _engine.Manager.DisposeAsync();

        Assert.NotNull(_store.Get("u1", "crm"));
    }

    [Fact]
    public async Task DisposeAsync_TierThatHangs_IsGivenUp()
    {
        _store.OnDispose = static () => new TaskCompletionSource().Task;
        await _engine.Manager.EnrichAsync("u1");

        await _engine.DisposeAsync(); // moves time while it waits
    }

    [Fact]
    public async Task Messages_AfterTheEnd_FindNobodyAndThrowNothing()
    {
        await _engine.Manager.EnrichAsync("u1");
        var listener = _store.Listener!;

        await _engine.Manager.DisposeAsync();

        listener.Changed("u1", ["crm"]);
        listener.Erased("u1");
        listener.Dropped("crm");
        listener.Disconnected();
        listener.Connected();
    }

    [Fact]
    public async Task DisposeAsync_TierThatThrows_DisposesTheRest()
    {
        var crm = _engine.Add("other");
        _store.OnDispose = static () => throw new InvalidOperationException();
        await _engine.Manager.EnrichAsync("u1");

        await _engine.Manager.DisposeAsync();

        Assert.True(crm.Disposed);
    }

    [Fact]
    public async Task EnrichManyAsync_FullWriter_WaitsForRoomAndLosesNothing()
    {
        var room = new TaskCompletionSource();
        _store.Full = true;
        _store.OnWaitForRoom = () => room.Task;
        var users = Enumerable.Range(0, 5_000).Select(static i => $"u{i}");
        var running = Task.Run(async () => await _engine.Manager.EnrichManyAsync(users.ToAsyncEnumerable()).CountAsync());
        await Eventually.True(() => _store.WaitsForRoom > 0);
        Assert.False(running.IsCompleted);

        _store.Full = false;
        room.SetResult();

        Assert.Equal(5_000, await running);
        await Eventually.True(() => _store.Writes.Count == 5_000);
    }

    [Fact]
    public async Task EnrichManyAsync_WriterThatNeverHasRoom_EndsNevertheless()
    {
        _store.Full = true; // room is told of, and taken by others each time

        Assert.Equal(2_000, await _engine.Manager.EnrichManyAsync(Enumerable.Range(0, 2_000).Select(static i => $"u{i}").ToAsyncEnumerable()).CountAsync());
        Assert.Empty(_store.Writes);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

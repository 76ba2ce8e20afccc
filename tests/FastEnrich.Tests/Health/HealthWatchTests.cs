using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Health;

public sealed class HealthWatchTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly CapturingLoggers _logs = new();
    private readonly FakePlugin _crm;
    private bool _healthy = true;

    public HealthWatchTests()
    {
        _engine.Options.LoggerFactory = _logs;
        (_engine.Options.Engine.Health.Interval, _engine.Options.Engine.Health.Hysteresis) = (TimeSpan.FromHours(1), 2);
        _crm = _engine.Add();
        _crm.Check = _ => new(_healthy);
    }

    private HealthChecker Health => _engine.Manager.Health;

    [Fact]
    public async Task Watch_StateChanges_ToldOnceEachWithOneLogLine()
    {
        await Settle();
        await using var watcher = Health.WatchAsync().GetAsyncEnumerator();
        var first = watcher.MoveNextAsync();
        _healthy = false;
        await Check(5);
        _healthy = true;
        await Check(5);

        Assert.True(await first);
        var (worse, at) = (watcher.Current, _engine.Time.GetUtcNow());
        Assert.Equal(
            ("crm", HealthState.Healthy, HealthState.Unhealthy, HealthReason.CheckFailed, at),
            (worse.Plugin, worse.From, worse.To, Assert.Single(worse.Reasons), worse.At));
        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal((HealthState.Unhealthy, HealthState.Healthy), (watcher.Current.From, watcher.Current.To));
        Assert.Equal((1, 2), (_logs.Count("PluginUnwell"), _logs.Count("PluginHealthy"))); // the other one said that it is healthy at all
        Assert.Contains(_logs.Lines, static line => line.Contains("Plugin crm is Unhealthy (CheckFailed).", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_BreakerOpens_IsToldAtOnceThoughNobodyLooks()
    {
        await Settle();
        await using var watcher = Health.WatchAsync().GetAsyncEnumerator();
        var first = watcher.MoveNextAsync().AsTask();
        _crm.Answer = static (_, _) => throw Results.Failure();

        for (var i = 0; i < 20; i++)
        {
            await _engine.Manager.EnrichAsync($"u{i}");
        }

        Assert.True(await first.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(HealthState.Unhealthy, watcher.Current.To);
        Assert.Contains(HealthReason.BreakerOpen, watcher.Current.Reasons);
    }

    [Fact]
    public async Task Watch_Flapping_TellsNothing()
    {
        await Settle();
        await using var watcher = Health.WatchAsync().GetAsyncEnumerator();
        var first = watcher.MoveNextAsync();

        for (var i = 0; i < 10; i++)
        {
            _healthy = !_healthy;
            await Check(1);
        }

        Assert.False(first.IsCompleted);
        Assert.Equal(0, _logs.Count("PluginUnwell"));
        await _engine.Manager.DisposeAsync();
        Assert.False(await first);
    }

    [Fact]
    public async Task Watch_SlowReader_LosesTheOldestAndHoldsUpNobody()
    {
        await Settle();
        await using var watcher = Health.WatchAsync().GetAsyncEnumerator();
        var first = watcher.MoveNextAsync();

        for (var i = 0; i < 100; i++)
        {
            _healthy = !_healthy;
            await Check(2);
        }

        await first;
        var last = watcher.Current;
        var read = 1;
        await _engine.Manager.DisposeAsync(); // not the fixture: it moves time, and checks that time overtakes are failures
        while (await watcher.MoveNextAsync())
        {
            (last, read) = (watcher.Current, read + 1);
        }

        Assert.InRange(read, 64, 66);
        Assert.Equal(HealthState.Healthy, last.To);
    }

    [Fact]
    public async Task Watch_ReaderLeaves_NothingIsLeftOfIt()
    {
        using var leaving = new CancellationTokenSource();
        var watcher = Health.WatchAsync(leaving.Token).GetAsyncEnumerator();
        var first = watcher.MoveNextAsync().AsTask();
        Assert.Equal(1, Health.Watchers);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await first; // may have brought a change that came before
            while (await watcher.MoveNextAsync())
            {
                // As may those after it.
            }
        });
        await watcher.DisposeAsync();
        Assert.Equal(0, Health.Watchers);
    }

    [Fact]
    public async Task Watch_AfterTheEngineStopped_EndsAtOnce()
    {
        var health = Health;
        await _engine.Manager.DisposeAsync();

        await foreach (var change in health.WatchAsync())
        {
            Assert.Fail($"nobody is left to change: {change}");
        }

        Assert.Equal(0, health.Watchers);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task Settle()
    {
        await Check(1);
        await Eventually.True(() => _logs.Count("PluginHealthy") == 1);
    }

    private async Task Check(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Health.ForceCheckAsync("crm");
        }
    }
}

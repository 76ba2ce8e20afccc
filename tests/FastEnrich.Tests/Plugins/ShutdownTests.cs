using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class ShutdownTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Shutdown_NothingFails_DisposesEveryPluginAndIsComplete()
    {
        var (crm, web) = (_engine.Add("crm"), _engine.Add("web"));
        await _engine.Manager.EnrichAsync("u1");

        var report = await _engine.Manager.ShutdownAsync();

        Assert.True(report.Complete);
        report.ThrowIfIncomplete();
        Assert.Equal((true, true), (crm.Disposed, web.Disposed));
        Assert.Same(report, await _engine.Manager.ShutdownAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Shutdown_PluginsAndTierFail_GathersEveryFailureWithoutItsMessage()
    {
        var calls = 0;
        _engine.Add("a", static () => new Undisposable());
        _engine.Add("b", static () => new Undisposable());
        var last = _engine.Add("c");
        _engine.Store = new FakeStore { OnDispose = () => throw new IOException($"planted {++calls}") };
        _ = _engine.Manager;

        var report = await _engine.Manager.ShutdownAsync();

        Assert.Equal(
            ["a: dispose: InvalidOperationException", "b: dispose: InvalidOperationException", "second tier: flush: IOException"],
            report.Failures.Select(static failure => failure.ToString()).Order());
        Assert.True(last.Disposed);
        Assert.Equal(3, Assert.Throws<AggregateException>(report.ThrowIfIncomplete).InnerExceptions.Count);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Shutdown_LimitPasses_GivesTheCallUpAndAnswersItsCaller()
    {
        var crm = _engine.Add(settings: static settings => settings.FetchTimeout = TimeSpan.FromMinutes(10));
        crm.Answer = (request, _) => _gate.Pass(request, default); // ignores its token
        var asking = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromHours(1) }).AsTask();
        await _gate.Arrivals(1);
        var before = _engine.Time.Delays.Length;

        var stopping = _engine.Manager.ShutdownAsync(TimeSpan.FromSeconds(3)).AsTask();
        Assert.Equal(TimeSpan.FromSeconds(3), await _engine.Time.Delay(before + 1));
        _engine.Time.Advance(TimeSpan.FromSeconds(3));
        var report = await stopping;

        Assert.Equal("crm: drain: 1 calls did not return", Assert.Single(report.Failures).ToString());
        Assert.Equal(PluginState.Rejected, (await asking).Status["crm"].State);
        Assert.True(crm.Disposed);
    }

    [Fact]
    public async Task Shutdown_PluginBlocksWhileItIsDisposed_GivesItUpAfterTenSeconds()
    {
        using var release = new ManualResetEventSlim();
        _engine.Add("slow", () => new Undisposable { Dispose = () => release.Wait(TimeSpan.FromSeconds(30)) });
        var other = _engine.Add("other");
        _ = _engine.Manager;
        var before = _engine.Time.Delays.Length;

        var stopping = _engine.Manager.ShutdownAsync().AsTask();
        await Eventually.True(() => other.Disposed && _engine.Time.Delays.Length > before);
        while (!stopping.IsCompleted)
        {
            _engine.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal("slow: dispose: TimeoutException", Assert.Single((await stopping).Failures).ToString());
        release.Set();
    }

    [Fact]
    public async Task Shutdown_LimitBelowZero_ChangesNothing()
    {
        _engine.Add();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _engine.Manager.ShutdownAsync(TimeSpan.FromSeconds(-1)).AsTask());

        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private sealed class Undisposable : IEnrichmentPlugin
    {
        public Action Dispose { get; init; } = static () => throw new InvalidOperationException("planted secret");

        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(Results.Found());

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Resilience;

public sealed class BreakerTests : IAsyncLifetime
{
    private const int Threshold = 20;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly EngineFixture _engine = new();
    private readonly FakePlugin _crm;
    private int _user;

    public BreakerTests() => _crm = _engine.Add(settings: static settings => (settings.MaxConcurrency, settings.FetchTimeout) = (4, TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData(PluginErrorCode.ConnectionError)]
    [InlineData(PluginErrorCode.RateLimitError)]
    [InlineData(PluginErrorCode.TimeoutError)]
    public async Task Breaker_TwentyFailuresOfDistress_Opens(PluginErrorCode code)
    {
        await Fail(code, Threshold - 1);
        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);

        await Fail(code, 1);

        Assert.True(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
        var refused = _engine.Manager.EnrichAsync("refused");
        Assert.True(refused.IsCompleted);
        Assert.Equal(PluginState.Rejected, (await refused).Status["crm"].State);
        Assert.Equal(Threshold, _crm.Calls);
    }

    [Theory]
    [InlineData(PluginErrorCode.NotFound)]
    [InlineData(PluginErrorCode.AuthError)]
    [InlineData(PluginErrorCode.QuotaExceeded)]
    [InlineData(PluginErrorCode.InvalidResponse)]
    public async Task Breaker_OtherFailures_StaysClosed(PluginErrorCode code)
    {
        await Fail(code, 3 * Threshold);

        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
        Assert.Equal(3 * Threshold, _crm.Calls);
    }

    [Fact]
    public async Task Breaker_CallersCancel_StaysClosed()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        for (var i = 0; i < 2 * Threshold; i++)
        {
            using var leave = new CancellationTokenSource();
            var asking = _engine.Manager.EnrichAsync($"u{i}", leave.Token).AsTask();
            await gate.Arrivals(1);
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
            gate.Release(Results.Found());
            await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);
        }

        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
    }

    [Fact]
    public async Task Breaker_Pause_LetsExactlyOneProbeThroughAndClosesOnItsSuccess()
    {
        var gate = new Gate();
        await Fail(PluginErrorCode.ConnectionError, Threshold);
        _crm.Answer = gate.Pass;

        _engine.Time.Advance(s_pause - TimeSpan.FromTicks(1));
        Assert.Equal(PluginState.Rejected, (await _engine.Manager.EnrichAsync("early")).Status["crm"].State);
        _engine.Time.Advance(TimeSpan.FromTicks(1));
        var probe = _engine.Manager.EnrichAsync("probe").AsTask();
        await gate.Arrivals(1);
        Assert.Equal(PluginState.Rejected, (await _engine.Manager.EnrichAsync("beside")).Status["crm"].State);
        gate.Release(Results.Found());
        await probe;

        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
        _crm.Answer = static (_, _) => new(Results.Found());
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("after")).Status["crm"].State);
    }

    [Fact]
    public async Task Breaker_ProbeFails_PausesAgain()
    {
        await Fail(PluginErrorCode.ConnectionError, Threshold);
        _engine.Time.Advance(s_pause);

        await Fail(PluginErrorCode.ConnectionError, 1);

        Assert.Equal(PluginState.Rejected, (await _engine.Manager.EnrichAsync("refused")).Status["crm"].State);
        Assert.Equal(Threshold + 1, _crm.Calls);
        _engine.Time.Advance(s_pause);
        _crm.Answer = static (_, _) => new(Results.Found());
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("after")).Status["crm"].State);
    }

    [Fact]
    public async Task Breaker_ProbeNeverReports_AllowsAnotherAfterThePause()
    {
        var gate = new Gate();
        await Fail(PluginErrorCode.ConnectionError, Threshold);
        _engine.Time.Advance(s_pause);
        _crm.Answer = gate.Pass;
        _ = _engine.Manager.EnrichAsync("hangs");
        await gate.Arrivals(1);
        _engine.Time.Advance(s_pause);

        _crm.Answer = static (_, _) => new(Results.Found());
        var second = await _engine.Manager.EnrichAsync("second");

        Assert.Equal(PluginState.Fresh, second.Status["crm"].State);
        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
        gate.Fail(Results.Failure());
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);
        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
    }

    [Fact]
    public async Task Breaker_CallsFromBeforeItOpenedEnd_NeitherCloseNorProlongIt()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        _ = _engine.Manager.EnrichAsync("slow success");
        _ = _engine.Manager.EnrichAsync("slow failure");
        await gate.Arrivals(2);
        await Fail(PluginErrorCode.ConnectionError, Threshold);

        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        gate.Release(Results.Found(), count: 1);
        gate.Fail(Results.Failure());
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);

        Assert.True(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
        _engine.Time.Advance(s_pause - TimeSpan.FromSeconds(1));
        _crm.Answer = static (_, _) => new(Results.Found());
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("probe")).Status["crm"].State);
    }

    [Fact]
    public async Task Breaker_OldCallSucceedsDuringTheProbe_LeavesTheVerdictToTheProbe()
    {
        var old = new Gate();
        var probe = new Gate();
        _crm.Answer = old.Pass;
        _ = _engine.Manager.EnrichAsync("slow");
        await old.Arrivals(1);
        await Fail(PluginErrorCode.ConnectionError, Threshold);
        _engine.Time.Advance(s_pause);
        _crm.Answer = probe.Pass;
        _ = _engine.Manager.EnrichAsync("probe");
        await probe.Arrivals(1);

        old.Release(Results.Found());
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 1);

        Assert.True(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
        probe.Release(Results.Found());
        await Eventually.True(() => !_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
    }

    [Fact]
    public async Task Breaker_Opens_RefusesThoseWhoWait()
    {
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        await Fail(PluginErrorCode.ConnectionError, Threshold - 1);
        _crm.Answer = gate.Pass;
        for (var i = 0; i < 4; i++)
        {
            _ = _engine.Manager.EnrichAsync($"flies {i}");
        }

        await gate.Arrivals(4);
        var waiting = Enumerable.Range(0, 3).Select(i => _engine.Manager.EnrichAsync($"waits {i}").AsTask()).ToArray();

        gate.Fail(Results.Failure(), count: 1);

        Assert.All(await Task.WhenAll(waiting), static profile => Assert.Equal(PluginState.Rejected, profile.Status["crm"].State));
        Assert.Equal(0, _engine.Manager.GetPluginStatus("crm")!.Waiting);
    }

    [Fact]
    public async Task Breaker_FailuresBelowHalf_StaysClosed()
    {
        for (var i = 0; i < 2 * Threshold; i++)
        {
            _crm.Answer = static (_, _) => new(Results.Found());
            await _engine.Manager.EnrichAsync($"good {i}");
            await Fail(PluginErrorCode.ConnectionError, i % 2);
        }

        Assert.False(_engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task Fail(PluginErrorCode code, int times)
    {
        _crm.Answer = (_, _) => throw Results.Failure(code, retryable: false);
        for (var i = 0; i < times; i++)
        {
            await _engine.Manager.EnrichAsync($"fails {_user++}");
        }
    }
}

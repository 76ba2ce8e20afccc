using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

public sealed class BudgetTests : IAsyncLifetime
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Fetch_AtExactlyItsBudget_TimesOut()
    {
        AddHanging();
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);

        _engine.Time.Advance(s_budget - s_tick);
        Assert.False(asking.IsCompleted);
        _engine.Time.Advance(s_tick);
        var profile = await asking;

        Assert.Equal(PluginState.TimedOut, profile.Status["crm"].State);
        Assert.Equal(PluginErrorCode.TimeoutError, profile.Errors["crm"].Code);
        Assert.Equal(_engine.Time.GetUtcNow(), profile.Timestamp);
    }

    [Fact]
    public async Task Fetch_LateResult_NeverReplacesANewerOne()
    {
        var crm = AddHanging(settings => settings.MaxConcurrency = 2);
        var first = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);
        _engine.Time.Advance(s_budget);
        await first;
        crm.Answer = static (_, _) => new(Results.Found("newer"));
        _engine.Time.Advance(TimeSpan.FromSeconds(3));
        await _engine.Manager.EnrichAsync("u1");

        _gate.Release(Results.Found("late"));
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Hung == 0);

        Assert.Equal("newer", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
    }

    [Fact]
    public async Task Fetch_PluginIgnoresItsToken_KeepsItsPermitUntilItReturns()
    {
        var crm = AddHanging(settings => settings.MaxConcurrency = 2);
        var first = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);
        _engine.Time.Advance(s_budget);
        await first;

        Assert.Equal((1, 1), (_engine.Manager.GetPluginStatus("crm")!.Running, _engine.Manager.GetPluginStatus("crm")!.Hung));
        _ = _engine.Manager.EnrichAsync("u2");
        _ = _engine.Manager.EnrichAsync("u3");
        await _gate.Arrivals(1);
        Assert.Equal((2, 1), (_engine.Manager.GetPluginStatus("crm")!.Running, _engine.Manager.GetPluginStatus("crm")!.Waiting));
        _gate.Release(Results.Found("late"), count: 1);
        await _gate.Arrivals(1);
        Assert.Equal(3, crm.Calls);
        Assert.Equal(0, _engine.Manager.GetPluginStatus("crm")!.Hung);
    }

    [Fact]
    public async Task Token_BudgetEnds_IsCancelled()
    {
        CancellationToken seen = default;
        var crm = _engine.Add();
        crm.Answer = (request, token) =>
        {
            seen = token;
            return _gate.Pass(request, token);
        };
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);

        _engine.Time.Advance(s_budget - s_tick);
        Assert.False(seen.IsCancellationRequested);
        _engine.Time.Advance(s_tick);
        await asking;

        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task Token_RegistrationThrows_HarmsNobody()
    {
        var crm = _engine.Add();
        crm.Answer = (request, token) =>
        {
            token.Register(static () => throw new InvalidOperationException("thrown by a plugin's registration"));
            return _gate.Pass(request, token);
        };
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);

        _engine.Time.Advance(s_budget);

        Assert.Equal(PluginState.TimedOut, (await asking).Status["crm"].State);
    }

    [Fact]
    public async Task Token_EveryCallerLeaves_IsNotCancelledAndTheResultIsKept()
    {
        CancellationToken seen = default;
        var crm = _engine.Add();
        crm.Answer = (request, token) =>
        {
            seen = token;
            return _gate.Pass(request, token);
        };
        using var leave = new CancellationTokenSource();
        var asking = _engine.Manager.EnrichAsync("u1", leave.Token).AsTask();
        await _gate.Arrivals(1);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.False(seen.IsCancellationRequested);
        _gate.Release(Results.Found("kept"));
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Succeeded == 1);
        Assert.Equal("kept", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task Queue_UserWaitedForItsFetchTimeout_IsRejected()
    {
        AddHanging(settings => (settings.MaxConcurrency, settings.FetchTimeout) = (1, s_budget));
        _engine.Time.Advance(TimeSpan.FromHours(1));
        _ = _engine.Manager.EnrichAsync("u1");
        await _gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        _gate.Release(Results.Found("u1"));
        _ = _engine.Manager.EnrichAsync("u2");
        await _gate.Arrivals(1);
        var early = _engine.Manager.EnrichAsync("u3").AsTask();
        _engine.Time.Advance(s_budget - s_tick); // u2 still flies
        var late = _engine.Manager.EnrichAsync("u4").AsTask();
        _gate.Release(Results.Found("u2"));
        await _gate.Arrivals(1); // u3 flies now, with a budget of its own
        Assert.False(early.IsCompleted);

        _engine.Time.Advance(s_budget - s_tick);
        Assert.False(late.IsCompleted);
        _gate.Release(Results.Found("u3"));
        await early;
        await _gate.Arrivals(1);

        Assert.Equal(0, _engine.Manager.GetPluginStatus("crm")!.Waiting);
    }

    [Fact]
    public async Task Queue_NoCallComesFree_RejectsHeadAfterFetchTimeout()
    {
        var crm = _engine.Add(settings: settings => settings.RateLimit = 0.01);
        crm.Answer = _gate.Pass;
        _ = _engine.Manager.EnrichAsync("u1"); // takes the only token of 100 s
        await _gate.Arrivals(1);
        var first = _engine.Manager.EnrichAsync("u2").AsTask();
        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        var second = _engine.Manager.EnrichAsync("u3").AsTask();

        _engine.Time.Advance(s_budget - TimeSpan.FromSeconds(1) - s_tick);
        Assert.False(first.IsCompleted);
        _engine.Time.Advance(s_tick);

        Assert.Equal(PluginState.Rejected, (await first).Status["crm"].State);
        Assert.False(second.IsCompleted);
        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PluginState.Rejected, (await second).Status["crm"].State);
        Assert.Equal(1, crm.Calls);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private FakePlugin AddHanging(Action<PluginSettings>? settings = null)
    {
        var crm = _engine.Add(settings: settings);
        crm.Answer = _gate.Pass;
        return crm;
    }
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Health;

/// <summary>The keys of <c>engine.health</c>, changed by a reload while plugins run.</summary>
public sealed class HealthReloadTests : IAsyncLifetime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shorter = TimeSpan.FromSeconds(5);

    private readonly EngineFixture _engine = new();
    private bool? _answer = true;
    private int _asked;

    [Fact]
    public async Task Reload_IntervalChanged_ThePauseThatRunsBeginsAnew()
    {
        Start(health => health.Interval = s_interval);
        await Began(s_interval, 1);
        _engine.Time.Advance(TimeSpan.FromSeconds(20));

        await ReloadAsync(static health => health.Interval = s_shorter);
        await Began(s_shorter, 1);
        Assert.Equal(0, _asked);
        _engine.Time.Advance(s_shorter);

        await Eventually.True(() => Status().Checks == 1); // the old pause would have five seconds left
        await Began(s_shorter, 2);
    }

    [Fact]
    public async Task Reload_IntervalToZeroAndBack_ChecksEndAndBegin()
    {
        Start(static health => health.Interval = TimeSpan.Zero);
        _engine.Time.Advance(TimeSpan.FromDays(1));

        await ReloadAsync(static health => health.Interval = s_interval);
        await CheckedAsync(checks: 1, pauses: 1);
        await ReloadAsync(static health => health.Interval = TimeSpan.Zero);
        _engine.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, _asked);
        await ReloadAsync(static health => health.Interval = s_interval);
        await CheckedAsync(checks: 2, pauses: 3); // the second one was ended

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Reload_HysteresisChanged_FewerChecksInARowCount()
    {
        Start(static health => (health.Interval, health.Hysteresis) = (s_interval, 3));
        await _engine.Manager.Health.ForceCheckAsync("crm");
        _answer = false;
        await _engine.Manager.Health.ForceCheckAsync("crm");
        Assert.Equal(HealthState.Healthy, Status().State);

        await ReloadAsync(static health => (health.Interval, health.Hysteresis) = (s_interval, 2));

        Assert.Equal(HealthState.Unhealthy, (await _engine.Manager.Health.ForceCheckAsync("crm"))!.State);
    }

    [Fact]
    public async Task Reload_TimeoutChanged_HoldsForTheNextCheck()
    {
        Start(static health => health.Timeout = TimeSpan.FromMinutes(9));

        await ReloadAsync(static health => health.Timeout = TimeSpan.FromSeconds(2));
        _answer = null;
        var check = _engine.Manager.Health.ForceCheckAsync("crm").AsTask();
        await Began(TimeSpan.FromSeconds(2), 2); // the token's and the one who waits
        _engine.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HealthCheckOutcome.TimedOut, (await check)!.LastCheckOutcome);
    }

    [Fact]
    public async Task Reload_WindowChanged_CountsAnewAndForThatLong()
    {
        Start(static health => health.Window = TimeSpan.FromHours(1));
        await _engine.Manager.EnrichAsync("u1");
        Assert.Equal(0, Status().ErrorRate);

        await ReloadAsync(static health => health.Window = TimeSpan.FromSeconds(60));
        Assert.Null(Status().ErrorRate);
        await _engine.Manager.EnrichAsync("u2");
        Assert.Equal(0, Status().ErrorRate);
        _engine.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Null(Status().ErrorRate);
        Assert.Equal(2, Status().Succeeded); // what does not hang on the window stays
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private PluginHealth Status() => _engine.Manager.Health.GetHealthStatus("crm")!;

    private void Start(Action<HealthOptions> configure)
    {
        _engine.Options.Engine.Health.Jitter = 0;
        configure(_engine.Options.Engine.Health);
        _engine.Add().Check = async token =>
        {
            Interlocked.Increment(ref _asked);
            return _answer ?? await new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously).Task.WaitAsync(token);
        };
        _ = _engine.Manager;
    }

    private async Task ReloadAsync(Action<HealthOptions> configure)
    {
        var options = new FastEnrichOptions();
        foreach (var descriptor in _engine.Options.Catalog.Values)
        {
            options.AddPlugin(descriptor);
            options.Plugins[descriptor.Name] = _engine.Options.Plugins[descriptor.Name];
        }

        options.Engine.ConnectTimeout = _engine.Options.Engine.ConnectTimeout;
        options.Engine.Health.Jitter = 0;
        configure(options.Engine.Health);

        var report = await _engine.Manager.ReloadAsync(options);

        Assert.NotEmpty(report.EngineChanged);
        Assert.Empty(report.NeedRestart);
    }

    /// <summary>Waits until a pause of that length has begun so many times.</summary>
    private Task Began(TimeSpan pause, int times) => Eventually.True(() => _engine.Time.Delays.Count(delay => delay == pause) >= times);

    private async Task CheckedAsync(int checks, int pauses)
    {
        await Began(s_interval, pauses);
        _engine.Time.Advance(s_interval);
        await Eventually.True(() => Status().Checks == checks);
        await Began(s_interval, pauses + 1); // the loop is in its next pause
    }
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Health;

/// <summary>Periodic and forced checks, over fake time.</summary>
public sealed class HealthCheckerTests : IAsyncLifetime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(7);

    private readonly EngineFixture _engine = new();
    private readonly CapturingLoggers _logs = new();
    private int _intervals;

    public HealthCheckerTests()
    {
        _engine.Options.LoggerFactory = _logs;
        var health = _engine.Options.Engine.Health;
        (health.Interval, health.Timeout, health.Jitter) = (s_interval, s_timeout, 0);
    }

    private HealthChecker Health => _engine.Manager.Health;

    [Fact]
    public async Task Checks_EachInterval_AskThePluginOnce()
    {
        var asked = 0;
        _engine.Add().Check = _ => new(Interlocked.Increment(ref asked) > 0);

        await NextCheck();
        await NextCheck();

        Assert.Equal(2, asked);
        var status = Health.GetHealthStatus("crm")!;
        Assert.Equal((2, 0, HealthCheckOutcome.Passed, HealthState.Healthy), (status.Checks, status.FailedChecks, status.LastCheckOutcome, status.State));
        Assert.Equal(_engine.Time.GetUtcNow(), status.LastCheck);
        Assert.Equal(_engine.Time.GetUtcNow(), status.LastSuccess);
    }

    [Fact]
    public async Task Checks_IntervalZero_NeverRun()
    {
        _engine.Options.Engine.Health.Interval = TimeSpan.Zero;
        var asked = 0;
        var crm = _engine.Add();
        crm.Check = _ => new(Interlocked.Increment(ref asked) > 0);
        await _engine.Manager.EnrichAsync("u1");

        _engine.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, asked);

        await Health.ForceCheckAsync("crm");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Checks_Jitter_LengthensEachPauseByAShareAtMost()
    {
        _engine.Options.Engine.Health.Jitter = 0.1;
        for (var i = 0; i < 20; i++)
        {
            _engine.Add($"p{i}");
        }

        _ = _engine.Manager;
        await Eventually.True(() => Pauses().Length >= 20);

        Assert.All(Pauses(), static pause => Assert.InRange(pause, s_interval, s_interval * 1.1));
        Assert.True(Pauses().Distinct().Count() > 10, "instances do not check in step");

        TimeSpan[] Pauses() => [.. _engine.Time.Delays.Where(static delay => delay >= s_interval)];
    }

    [Fact]
    public async Task Check_Fails_IsUnhealthyFromTheSecondInARow()
    {
        var healthy = false;
        _engine.Add().Check = _ => new(healthy);
        healthy = true;
        await NextCheck();
        healthy = false;

        await NextCheck();
        Assert.Equal((HealthState.Healthy, HealthReason.CheckFailed), (State(), Assert.Single(Status().Reasons)));
        await NextCheck();

        Assert.Equal(HealthState.Unhealthy, State());
        Assert.Equal("The plugin says that it is not healthy.", Status().Message);
        healthy = true;
        await NextCheck();
        Assert.Equal(HealthState.Unhealthy, State());
        await NextCheck();
        Assert.Equal((HealthState.Healthy, null), (State(), Status().Message));
    }

    [Fact]
    public async Task Check_NoOpinion_LeavesTheVerdictToTheCalls()
    {
        var crm = _engine.Add();
        await NextCheck();
        Assert.Equal(HealthState.Healthy, State());
        crm.Answer = static (_, _) => throw Results.Failure(PluginErrorCode.InvalidResponse);
        await _engine.Manager.EnrichAsync("u1");

        await NextCheck();
        await NextCheck();
        Assert.Equal((HealthState.Degraded, HealthReason.RecentError), (State(), Assert.Single(Status().Reasons)));

        _engine.Time.Advance(TimeSpan.FromMinutes(5));
        await Health.ForceCheckAsync("crm");
        await Health.ForceCheckAsync("crm");
        Assert.Equal(HealthState.Healthy, State());
    }

    [Theory]
    [InlineData(PluginErrorCode.AuthError, HealthCheckOutcome.Failed)]
    [InlineData(PluginErrorCode.NotFound, HealthCheckOutcome.Failed)]
    [InlineData(PluginErrorCode.RateLimitError, HealthCheckOutcome.NoOpinion)]
    [InlineData(PluginErrorCode.QuotaExceeded, HealthCheckOutcome.NoOpinion)]
    public async Task Check_Throws_CountsByItsCode(PluginErrorCode code, HealthCheckOutcome outcome)
    {
        _engine.Add().Check = _ => throw Results.Failure(code);

        Assert.Equal(outcome, (await Health.ForceCheckAsync("crm"))!.LastCheckOutcome);
    }

    [Fact]
    public async Task Check_HostileMessage_IsShownCleanAndNeverLogged()
    {
        _engine.Options.Engine.Health.Hysteresis = 1;
        _engine.Add().Check = static _ => throw new PluginException("crm", "check", "planted\u001b[2J\r\n" + new string('x', 9000), PluginErrorCode.AuthError);

        var status = (await Health.ForceCheckAsync("crm"))!;

        Assert.Equal(HealthState.Unhealthy, status.State);
        Assert.StartsWith("planted [2J", status.Message, StringComparison.Ordinal);
        Assert.True(status.Message!.Length <= 256 && !status.Message.Any(char.IsControl));
        Assert.Equal(1, _logs.Count("PluginUnwell"));
        Assert.DoesNotContain(_logs.Lines, static line => line.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_Hangs_IsGivenUpAtItsTimeoutAndNeverRunsTwice()
    {
        var asked = 0;
        var hangs = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Add().Check = _ =>
        {
            Interlocked.Increment(ref asked);
            return new(hangs.Task);
        };
        var first = Health.ForceCheckAsync("crm").AsTask();
        var joined = Health.ForceCheckAsync("crm").AsTask();
        await TimersOf(2); // the token's and the one who waits
        await Eventually.True(() => Volatile.Read(ref asked) == 1); // it begins on another thread

        _engine.Time.Advance(s_timeout);
        Assert.Equal(HealthCheckOutcome.TimedOut, (await first)!.LastCheckOutcome);
        Assert.Equal(1, (await joined)!.Checks);
        var again = Health.ForceCheckAsync("crm").AsTask();
        await TimersOf(3);
        _engine.Time.Advance(s_timeout);
        Assert.Equal((2, 2), ((await again)!.FailedChecks, (await again)!.Checks));
        Assert.Equal(1, asked);

        hangs.SetResult(true);
        await Eventually.True(async () => (await Health.ForceCheckAsync("crm"))!.LastCheckOutcome == HealthCheckOutcome.Passed && asked > 1);
    }

    [Fact]
    public async Task Check_BlocksItsThread_HoldsUpNobody()
    {
        using var release = new ManualResetEventSlim();
        _engine.Add().Check = _ =>
        {
            release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
            return new(true);
        };
        var forced = Health.ForceCheckAsync("crm");
        Assert.False(forced.IsCompleted);

        Assert.True((await _engine.Manager.EnrichAsync("u1")).Complete);
        Assert.Equal(HealthState.Healthy, State());

        release.Set();
        Assert.Equal(HealthCheckOutcome.Passed, (await forced)!.LastCheckOutcome);
    }

    [Fact]
    public async Task ForceCheck_CallerGivesUp_TheCheckGoesOn()
    {
        var answer = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Add().Check = _ => new(answer.Task);
        using var caller = new CancellationTokenSource();
        var forced = Health.ForceCheckAsync("crm", caller.Token).AsTask();
        await TimersOf(2);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forced);
        answer.SetResult(true);

        await Eventually.True(() => Status().Checks == 1);
    }

    [Fact]
    public async Task ForceCheck_All_ChecksEachAndSummarises()
    {
        _engine.Options.Engine.Health.Hysteresis = 1;
        _engine.Add("a").Check = static _ => new(true);
        _engine.Add("b").Check = static _ => new(false);
        _engine.Add("c");

        var summary = await Health.ForceCheckAsync();

        Assert.Equal((3, 2, 0, 1, 0), (summary.TotalPlugins, summary.HealthyPlugins, summary.DegradedPlugins, summary.UnhealthyPlugins, summary.UnknownPlugins));
        Assert.False(summary.OverallHealthy);
        Assert.Equal(["a", "b", "c"], summary.PluginDetails.Keys);
        Assert.Equal(_engine.Time.GetUtcNow(), summary.LastCheck);
    }

    [Fact]
    public async Task ByName_NoSuchPlugin_IsNull()
    {
        _engine.Add();

        Assert.Null(Health.GetHealthStatus("other"));
        Assert.Null(await Health.ForceCheckAsync("other"));
    }

    [Fact]
    public async Task Connecting_NeverAsksAndIsUnknownThenUnhealthyThenHealthy()
    {
        _engine.WaitsForConnect = false;
        var connect = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var crm = _engine.Add();
        crm.Connect = _ => new(connect.Task);
        crm.Check = static _ => throw new InvalidOperationException("not to be asked");
        await Health.ForceCheckAsync("crm");
        Assert.Equal((HealthState.Unknown, 0), (State(), Status().Checks));

        var reconnect = TimeSpan.FromSeconds(1);
        var pauses = _engine.Time.Delays.Count(delay => delay == reconnect);
        connect.SetException(Results.Failure(PluginErrorCode.AuthError));
        await Eventually.True(() => State() == HealthState.Unhealthy);
        Assert.Contains(HealthReason.NotConnected, Status().Reasons);
        Assert.Equal(0, Status().Checks);

        crm.Connect = static _ => ValueTask.CompletedTask;
        crm.Check = static _ => new(true);
        await Eventually.True(() => _engine.Time.Delays.Count(delay => delay == reconnect) > pauses);
        _engine.Time.Advance(reconnect); // once, and no further: time that runs ahead of the pool ends the checks it is to run
        await NextCheck();
        await NextCheck();
        await Eventually.True(() => State() == HealthState.Healthy);
    }

    [Fact]
    public async Task RegisteredAndUnregistered_AtRunTime_ChecksStartAndEnd()
    {
        var asked = 0;
        _engine.Options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "late" },
            PluginType = typeof(FakePlugin),
            Create = _ => Late(),
        });
        await _engine.Manager.RegisterPluginAsync("late", new PluginSettings());
        await NextCheck();
        Assert.Equal((1, "late"), (asked, Health.GetHealthStatus("late")!.Name));

        await _engine.Manager.UnregisterPluginAsync("late");
        _engine.Time.Advance(s_interval * 10);

        Assert.Null(Health.GetHealthStatus("late"));
        Assert.Equal(0, Health.GetHealthSummary().TotalPlugins);
        Assert.Equal(1, asked);

        FakePlugin Late() => new() { Check = _ => new(Interlocked.Increment(ref asked) > 0) };
    }

    [Fact]
    public async Task Unregister_WhileACheckRuns_EndsItAndTellsNobody()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var crm = _engine.Add();
        crm.Check = async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ContinueWith(_ => ended.SetResult(), TaskScheduler.Default);
            token.ThrowIfCancellationRequested();
            return true;
        };
        var forced = Health.ForceCheckAsync("crm").AsTask();
        await TimersOf(2);

        await _engine.Manager.UnregisterPluginAsync("crm");

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, (await forced)!.Checks);
        Assert.Equal(0, _logs.Count("PluginUnwell"));
    }

    [Fact]
    public async Task Uptime_ShareOfKnownTime_CountsHealthyAndDegraded()
    {
        var healthy = true;
        _engine.Options.Engine.Health.Hysteresis = 1;
        _engine.Add().Check = _ => new(healthy);
        await NextCheck();
        await NextCheck();
        await NextCheck();
        healthy = false;

        await NextCheck(); // unhealthy from here on
        await NextCheck();

        Assert.Equal(0.8, Status().Uptime!.Value, 3);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private PluginHealth Status() => Health.GetHealthStatus("crm")!;

    private HealthState State() => Status().State;

    /// <summary>Waits until the pause has begun, ends it, and waits until the check has been counted.</summary>
    private async Task NextCheck()
    {
        _ = _engine.Manager;
        _intervals++;
        await Eventually.True(() => _engine.Time.Delays.Count(static delay => delay == s_interval) >= _intervals);
        _engine.Time.Advance(s_interval);
        await Eventually.True(() => Health.GetHealthSummary().PluginDetails.Values.All(plugin => plugin.LastCheck == _engine.Time.GetUtcNow()));
    }

    private Task TimersOf(int count) => Eventually.True(() => _engine.Time.Delays.Count(static delay => delay == s_timeout) >= count);
}

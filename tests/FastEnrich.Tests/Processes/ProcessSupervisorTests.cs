using FastEnrich.Processes;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Processes;

public sealed class ProcessSupervisorTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly WatchedTime _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CapturingLoggers _logs = new();
    private readonly FakeLauncher _launcher = new(static (child, _) => child.Say(FakeChild.Hello()));
    private readonly List<ProcessSupervisor> _supervisors = [];

    [Fact]
    public async Task Start_Twice_StartsOneChild()
    {
        var supervisor = Create();

        await supervisor.StartAsync(CancellationToken.None);
        await supervisor.StartAsync(CancellationToken.None);

        Assert.Equal((1, ProcessState.Running), (_launcher.Attempts, supervisor.Status.State));
    }

    [Fact]
    public async Task Start_Fails_CanBeTriedAgain()
    {
        var supervisor = Create();
        _launcher.Failure = new PluginException("crm", "start", "not yet", PluginErrorCode.InvalidConfig);
        await Assert.ThrowsAsync<PluginException>(() => supervisor.StartAsync(CancellationToken.None).AsTask());
        Assert.Equal(ProcessState.NotStarted, supervisor.Status.State);
        Assert.Equal(PluginErrorCode.ConnectionError, (await Assert.ThrowsAsync<PluginException>(() => supervisor.GetAsync(CancellationToken.None).AsTask())).Code);

        _launcher.Failure = null;
        await supervisor.StartAsync(CancellationToken.None);

        Assert.Equal(ProcessState.Running, supervisor.Status.State);
    }

    [Fact]
    public async Task Start_NoHandshake_EndsTheChildAfterItsTime()
    {
        var launcher = new FakeLauncher(static (_, _) => { });
        var supervisor = Create(launcher);
        var starting = supervisor.StartAsync(CancellationToken.None).AsTask();
        await launcher.Child(1);

        await Pass(10_000);

        var failure = await Assert.ThrowsAsync<PluginException>(() => starting.WaitAsync(s_patience));
        Assert.Equal((PluginErrorCode.TimeoutError, true), (failure.Code, launcher.Children[0].IsKilled));
    }

    [Fact]
    public async Task Call_WhileTheChildIsStartedAgain_WaitsForIt()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);

        (await _launcher.Child(1)).Exit(137);
        await Restarting(supervisor);
        var waiting = supervisor.GetAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        await Pass(100);

        Assert.False((await waiting.WaitAsync(s_patience)).Ended.IsCompleted);
        Assert.Equal((1, ProcessState.Running, "exited with code 137"), (supervisor.Status.Restarts, supervisor.Status.State, supervisor.Status.LastEnd));
        Assert.Equal((1, 1), (_logs.Count("ProcessEnded"), _logs.Count("ProcessRestarted")));
    }

    [Fact]
    public async Task Call_WaitingForTheChild_EndsWithItsToken()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);
        (await _launcher.Child(1)).Exit(1);
        await Restarting(supervisor);
        using var cancel = new CancellationTokenSource();
        var waiting = supervisor.GetAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Child_EndsAgainAndAgain_BacksOffAndIsLoggedOnce()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);

        for (var i = 0; i < 6; i++)
        {
            (await _launcher.Child(i + 1)).Exit(1);
            await Pass(100 << i);
            await Running(supervisor, i + 1);
        }

        Assert.Equal((1, 5), (_logs.Count("ProcessEnded"), _logs.Count("ProcessEndedAgain")));
    }

    [Fact]
    public async Task Child_EndsAfterItRanWell_IsStartedAgainAtOnce()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);
        (await _launcher.Child(1)).Exit(1);
        await Pass(100);
        await Running(supervisor, 1);
        var second = await _launcher.Child(2);
        for (var i = 0; i < 2; i++)
        {
            await Pong(second, await supervisor.GetAsync(CancellationToken.None));
            await Pass(5_000, times: i + 2);
        }

        second.Exit(1);

        await Pass(100, times: 2); // and not 200
        await Running(supervisor, 2);
        Assert.Equal(2, _logs.Count("ProcessEnded"));
    }

    [Fact]
    public async Task Restart_Refused_IsToldToCallersAtOnceAndTriedOn()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);
        _launcher.Failure = new PluginException("crm", "start", "the file was changed", PluginErrorCode.InvalidConfig);

        (await _launcher.Child(1)).Exit(1);
        await Pass(100);
        await Pass(200);
        await Eventually.True(() => _time.Delays.Contains(TimeSpan.FromMilliseconds(400)));

        var failure = await Assert.ThrowsAsync<PluginException>(() => supervisor.GetAsync(CancellationToken.None).AsTask());
        Assert.Equal((PluginErrorCode.InvalidConfig, "the file was changed"), (failure.Code, failure.Message));
        Assert.Equal(1, _logs.Count("ProcessRestartFailed"));
        _launcher.Failure = null;
        await Pass(400);
        await Running(supervisor, 1);
    }

    [Fact]
    public async Task Start_CommandRefused_LogsTheFileOnceAndTellsCallersNothingOfIt()
    {
        var supervisor = Create();
        _launcher.Failure = new PluginException("crm", "start", "refused", PluginErrorCode.InvalidConfig, cause: new CommandRefusedException("'/opt/x' is wrong"));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("refused", (await Assert.ThrowsAsync<PluginException>(() => supervisor.StartAsync(CancellationToken.None).AsTask())).Message);
        }

        Assert.Equal(1, _logs.Count("CommandRefused"));
    }

    [Fact]
    public async Task Dispose_ChildObeys_IsToldAndNeitherTerminatedNorKilled()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);
        var child = await _launcher.Child(1);

        var stopping = supervisor.DisposeAsync().AsTask();
        await child.HearAsync("shutdown");
        child.Exit(0);
        await stopping.WaitAsync(s_patience);

        Assert.Equal((0, false, ProcessState.Stopped), (child.Terminations, child.IsKilled, supervisor.Status.State));
        Assert.False((await Assert.ThrowsAsync<PluginException>(() => supervisor.GetAsync(CancellationToken.None).AsTask())).Retryable);
        await Assert.ThrowsAsync<PluginException>(() => supervisor.StartAsync(CancellationToken.None).AsTask());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Dispose_ChildDoesNotObey_IsTerminatedThenKilled(bool isPolite, bool isKilled)
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);
        var child = await _launcher.Child(1);
        child.IsPolite = isPolite;

        var stopping = supervisor.DisposeAsync().AsTask();
        await Pass(3_000);
        if (isKilled)
        {
            await Pass(2_000);
        }

        await stopping.WaitAsync(s_patience);
        await Eventually.True(() => _logs.Count("ProcessKilled") == (isKilled ? 1 : 0)); // the line may follow the end
        Assert.Equal((1, isKilled, isKilled ? 1 : 0), (child.Terminations, child.IsKilled, _logs.Count("ProcessKilled")));
    }

    [Fact]
    public async Task Dispose_WhileTheChildIsStartedAgain_StartsNoOther()
    {
        var supervisor = Create();
        await supervisor.StartAsync(CancellationToken.None);
        (await _launcher.Child(1)).Exit(1);
        await Restarting(supervisor);
        var waiting = supervisor.GetAsync(CancellationToken.None).AsTask();

        await supervisor.DisposeAsync().AsTask().WaitAsync(s_patience);

        Assert.Equal(ProcessFailure.Stopped.Message, (await Assert.ThrowsAsync<PluginException>(() => waiting)).Message);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _launcher.Attempts);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _launcher.Children)
        {
            child.Exit(0);
        }

        foreach (var supervisor in _supervisors)
        {
            await supervisor.DisposeAsync();
        }
    }

    private static Task Restarting(ProcessSupervisor supervisor) => Eventually.True(() => supervisor.Status.State == ProcessState.Restarting);

    private static Task Running(ProcessSupervisor supervisor, int restarts) =>
        Eventually.True(() => supervisor.Status is { State: ProcessState.Running } status && status.Restarts == restarts);

    private static async Task Pong(FakeChild child, ChildSession session)
    {
        child.Say($$"""{"type":"pong","id":{{(await child.HearAsync("ping")).GetProperty("id")}}}""");
        var marker = session.CheckHealthAsync(CancellationToken.None).AsTask();
        child.Say($$"""{"type":"health","id":{{(await child.HearAsync("health")).GetProperty("id")}},"healthy":true}""");
        Assert.True(await marker); // the pong was read before
    }

    private ProcessSupervisor Create(FakeLauncher? launcher = null)
    {
        var supervisor = new ProcessSupervisor("crm", ChildSessionTests.Options(), launcher ?? _launcher, _time, _logs, static () => 1);
        _supervisors.Add(supervisor);
        return supervisor;
    }

    /// <summary>Waits until a wait of this length has begun for the n-th time, and lets it pass.</summary>
    private async Task Pass(double milliseconds, int times = 1)
    {
        var wait = TimeSpan.FromMilliseconds(milliseconds);
        await Eventually.True(() => _time.Delays.Count(delay => delay == wait) >= times);
        _time.Advance(wait);
    }
}

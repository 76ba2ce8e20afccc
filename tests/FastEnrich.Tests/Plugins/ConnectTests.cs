using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class ConnectTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly CapturingLoggers _logs = new();
    private readonly FakePlugin _crm;

    public ConnectTests()
    {
        _crm = _engine.Add();
        _engine.WaitsForConnect = false;
        _engine.Options.LoggerFactory = _logs;
    }

    [Fact]
    public async Task Request_BeforeThePluginIsConnected_WaitsForIt()
    {
        var connected = new TaskCompletionSource();
        _crm.Connect = _ => new(connected.Task);
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();
        Assert.Equal((0, 1), (_crm.Calls, _engine.Manager.GetPluginStatus("crm")!.Waiting));

        connected.SetResult();

        Assert.Equal(PluginState.Fresh, (await asking).Status["crm"].State);
        Assert.True(_engine.Manager.GetPluginStatus("crm")!.Connected);
    }

    [Fact]
    public async Task Start_PluginBlocksWhileItConnects_HoldsUpNobody()
    {
        using var release = new ManualResetEventSlim();
        _crm.Connect = _ =>
        {
            release.Wait(TimeSpan.FromSeconds(30));
            return ValueTask.CompletedTask;
        };
        _engine.Add("web");

        var profile = await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Plugins = ["web"] });

        Assert.Equal(PluginState.Fresh, profile.Status["web"].State);
        Assert.False(_engine.Manager.GetPluginStatus("crm")!.Connected);
        release.Set();
    }

    [Fact]
    public async Task Connect_Fails_IsTriedAgainWithBackOffAndLoggedOnce()
    {
        var attempts = 0;
        _crm.Connect = _ => ++attempts < 4 ? throw Results.Failure(PluginErrorCode.AuthError) : ValueTask.CompletedTask;
        _ = _engine.Manager;

        for (var i = 0; i < 3; i++)
        {
            var delay = await _engine.Time.Delay(i + 1);
            Assert.Equal(TimeSpan.FromSeconds(1 << i), delay);
            Assert.Equal((false, false), (_engine.Manager.GetPluginStatus("crm")!.Connected, _engine.Manager.GetPluginStatus("crm")!.Healthy));
            var refused = _engine.Manager.EnrichAsync($"refused {i}");
            Assert.True(refused.IsCompleted);
            Assert.Equal(PluginErrorCode.AuthError, (await refused).Errors["crm"].Code);
            _engine.Time.Advance(delay);
        }

        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Connected);
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
        await Eventually.True(() => _logs.Count("PluginConnected") > 0); // told after it is so
        Assert.Equal((1, 1), (_logs.Count("PluginConnectFailed"), _logs.Count("PluginConnected")));
    }

    [Fact]
    public async Task Connect_IgnoresItsBudget_IsWaitedForAndNotCalledAgain()
    {
        var attempts = 0;
        var connected = new TaskCompletionSource();
        _crm.Connect = _ =>
        {
            attempts++;
            return new(connected.Task);
        };
        _engine.Options.Engine.ConnectTimeout = TimeSpan.FromSeconds(7);
        _ = _engine.Manager;
        Assert.Equal(TimeSpan.FromSeconds(7), await _engine.Time.Delay(1));
        _engine.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(1), await _engine.Time.Delay(2));
        Assert.Equal(PluginErrorCode.TimeoutError, (await _engine.Manager.EnrichAsync("u1")).Errors["crm"].Code);
        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        await _engine.Time.Delay(3);

        connected.SetResult();

        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Connected);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Unregister_WhileConnectingFails_EndsTheAttempts()
    {
        var attempts = 0;
        _crm.Connect = _ =>
        {
            attempts++;
            throw Results.Failure();
        };
        _ = _engine.Manager;
        await _engine.Time.Delay(1);

        Assert.True(await _engine.Manager.UnregisterPluginAsync("crm"));
        _engine.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, attempts);
        Assert.True(_crm.Disposed);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

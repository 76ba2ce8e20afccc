using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

public sealed class HungPluginTests : IAsyncLifetime
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(5);

    private readonly EngineFixture _engine = new();
    private readonly List<FakePlugin> _instances = [];
    private readonly List<Gate> _gates = [];

    [Fact]
    public async Task Hung_AllCallsOfAnInstance_WhatWaitedIsAnsweredByAFreshOne()
    {
        AddHanging(permits: 2, answering: 1);
        var hanging = Ask("u1", "u2");
        await _gates[0].Arrivals(2);
        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        var waiting = Ask("u3", "u4", "u5");

        _engine.Time.Advance(s_budget - TimeSpan.FromSeconds(1));

        Assert.All(await hanging, static profile => Assert.Equal(PluginState.TimedOut, profile.Status["crm"].State));
        Assert.All(await waiting, static profile => Assert.Equal(PluginState.Fresh, profile.Status["crm"].State));
        Assert.Equal(["u3", "u4", "u5"], _instances[1].Requests.Select(static request => request.UserId).Order());
        var status = _engine.Manager.GetPluginStatus("crm")!;
        Assert.Equal((1, 2, false), (status.Replacements, status.Hung, status.Healthy));
    }

    [Fact]
    public async Task Hung_ReplacedInstance_IsDisposedWhenItsLastCallReturns()
    {
        AddHanging(permits: 2, answering: 1);
        await Hang(instance: 0, permits: 2);

        _gates[0].Release(Results.Found(), count: 1);
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Hung == 1);
        Assert.False(_instances[0].Disposed);
        _gates[0].Release(Results.Found());

        await Eventually.True(() => _instances[0].Disposed);
        Assert.Equal(0, _engine.Manager.GetPluginStatus("crm")!.Hung);
        Assert.False(_instances[1].Disposed);
    }

    [Fact]
    public async Task Hung_TwoReplacementsToo_RejectsAtOnceUntilACallReturns()
    {
        AddHanging(permits: 1);
        await Hang(instance: 0, permits: 1);
        await Hang(instance: 1, permits: 1);
        await Hang(instance: 2, permits: 1);

        var refused = _engine.Manager.EnrichAsync("refused");

        Assert.True(refused.IsCompleted);
        Assert.Equal(PluginState.Rejected, (await refused).Status["crm"].State);
        Assert.Equal((2, 3, false), (_engine.Manager.GetPluginStatus("crm")!.Replacements, _engine.Manager.GetPluginStatus("crm")!.Hung, _engine.Manager.GetPluginStatus("crm")!.Healthy));
        Assert.Equal(3, _instances.Count);
        _instances[2].Answer = static (request, _) => new(Results.Found(request.UserId));
        _gates[2].Release(Results.Found());
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Hung == 2);
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("accepted")).Status["crm"].State);
    }

    [Fact]
    public async Task Hung_OnePlugin_OthersAnswerAtOnce()
    {
        AddHanging(permits: 1);
        var web = _engine.Add("web");
        var only = new EnrichOptions { Plugins = ["web"] };
        await Hang(instance: 0, permits: 1);

        var profile = await _engine.Manager.EnrichAsync("u9", only);

        Assert.Equal(PluginState.Fresh, profile.Status["web"].State);
        Assert.True(_engine.Manager.GetPluginStatus("web")!.Healthy);
        Assert.Equal(0, _engine.Manager.GetPluginStatus("web")!.Waiting);
        Assert.True(web.Calls > 0);
    }

    [Fact]
    public async Task Hung_CallThatBlocksItsThread_IsCounted()
    {
        using var blocked = new SemaphoreSlim(0);
        using var arrived = new SemaphoreSlim(0);
        var crm = _engine.Add(settings: settings => settings.MaxConcurrency = 2);
        crm.Answer = (_, _) =>
        {
            arrived.Release();
            blocked.Wait(TimeSpan.FromSeconds(30));
            return new(Results.Found());
        };
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();
        Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)));

        _engine.Time.Advance(s_budget);
        await asking;

        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Blocked);
        blocked.Release(2);
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);
        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Blocked);
    }

    [Fact]
    public async Task Hung_BulkShareOfThePermits_BulkGoesOn()
    {
        AddHanging(permits: 2, answering: 1);
        _ = _engine.Manager;
        var asking = Task.Run(async () => await _engine.Manager.EnrichManyAsync(new[] { "u1", "u2", "u3", "u4" }.ToAsyncEnumerable()).ToListAsync());
        await _gates[0].Arrivals(1);
        _engine.Time.Advance(s_budget);
        await _gates[0].Arrivals(1);
        _engine.Time.Advance(s_budget);

        var profiles = await asking;

        Assert.Equal(
            [PluginState.TimedOut, PluginState.TimedOut, PluginState.Fresh, PluginState.Fresh],
            profiles.Select(static profile => profile.Status["crm"].State));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Instances whose calls never return, up to one that answers.</summary>
    private void AddHanging(int permits, int answering = int.MaxValue) => _engine.Add(
        "crm",
        () =>
        {
            var gate = new Gate();
            var plugin = new FakePlugin();
            if (_instances.Count < answering)
            {
                plugin.Answer = gate.Pass;
            }

            _instances.Add(plugin);
            _gates.Add(gate);
            return plugin;
        },
        settings: settings => (settings.MaxConcurrency, settings.FetchTimeout) = (permits, s_budget));

    private async Task Hang(int instance, int permits)
    {
        _ = _engine.Manager;
        var asking = Ask([.. Enumerable.Range(0, permits).Select(i => $"hangs in {instance}.{i}")]);
        await _gates[instance].Arrivals(permits);
        _engine.Time.Advance(s_budget);
        await asking;
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")! is var status && (instance == 2 ? status.Hung == 3 * permits : status.Replacements == instance + 1 && status.Connected));
    }

    private async Task<EnrichedProfile[]> Ask(params string[] users)
    {
        var only = new EnrichOptions { Plugins = ["crm"] };
        return await Task.WhenAll(users.Select(user => _engine.Manager.EnrichAsync(user, only).AsTask()).ToArray());
    }
}

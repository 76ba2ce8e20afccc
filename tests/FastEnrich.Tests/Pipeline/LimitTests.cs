using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

public sealed class LimitTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Concurrency_MoreUsersThanPermits_NeverExceedsIt()
    {
        var (running, most) = (0, 0);
        var crm = _engine.Add(settings: settings => settings.MaxConcurrency = 3);
        crm.Answer = async (request, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return Results.Found(request.UserId);
        };

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _engine.Manager.EnrichAsync($"u{i}").AsTask()));

        Assert.Equal(200, crm.Calls);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Concurrency_PermitsAreFree_AllOfThemAreUsed()
    {
        AddHanging(settings => settings.MaxConcurrency = 3);

        for (var i = 0; i < 5; i++)
        {
            _ = _engine.Manager.EnrichAsync($"u{i}");
        }

        await _gate.Arrivals(3);
        Assert.Equal((3, 2), (_engine.Manager.GetPluginStatus("crm")!.Running, _engine.Manager.GetPluginStatus("crm")!.Waiting));
        _gate.Release(Results.Found());
        await _gate.Arrivals(2);
    }

    [Fact]
    public async Task Queue_Full_RejectsAtOnceAndCountsIt()
    {
        AddHanging(settings => (settings.MaxConcurrency, settings.QueueCapacity) = (1, 2));
        _ = _engine.Manager.EnrichAsync("u1");
        await _gate.Arrivals(1);
        _ = _engine.Manager.EnrichAsync("u2");
        _ = _engine.Manager.EnrichAsync("u3");

        var refused = _engine.Manager.EnrichAsync("u4");

        Assert.True(refused.IsCompleted);
        var profile = await refused;
        Assert.Equal(PluginState.Rejected, profile.Status["crm"].State);
        Assert.Equal(1, profile.ErrorCount);
        Assert.False(profile.Complete);
        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Failed);
    }

    [Fact]
    public async Task Queue_FullAndAnOldValueIsHeld_ServesTheStaleValueAtOnce()
    {
        var crm = _engine.Add(settings: settings =>
            (settings.MaxConcurrency, settings.QueueCapacity, settings.StaleWhileRevalidate) = (1, 1, TimeSpan.Zero));
        crm.Answer = static (_, _) => new(Results.Found("old", TimeSpan.FromMinutes(1)));
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        crm.Answer = _gate.Pass;
        _ = _engine.Manager.EnrichAsync("u2");
        await _gate.Arrivals(1);
        _ = _engine.Manager.EnrichAsync("u3");

        var refused = _engine.Manager.EnrichAsync("u1");

        Assert.True(refused.IsCompleted);
        var profile = await refused;
        Assert.Equal((PluginState.Stale, "old"), (profile.Status["crm"].State, profile.Merged.Demographics!.City));
        Assert.Equal(PluginErrorCode.RateLimitError, profile.Errors["crm"].Code);
    }

    [Fact]
    public async Task RateLimit_BurstSpent_StartsTheNextAtExactlyItsTime()
    {
        var crm = AddHanging(settings => settings.RateLimit = 4);
        for (var i = 0; i < 6; i++)
        {
            _ = _engine.Manager.EnrichAsync($"u{i}");
        }

        await _gate.Arrivals(4);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(250) - TimeSpan.FromTicks(1));
        Assert.Equal((4, 2), (crm.Calls, _engine.Manager.GetPluginStatus("crm")!.Waiting));
        _engine.Time.Advance(TimeSpan.FromTicks(1));
        await _gate.Arrivals(1);
        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Waiting);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(250));
        await _gate.Arrivals(1);
    }

    [Theory]
    [InlineData(2.0, 5.0)]
    [InlineData(5.0, 2.0)]
    public async Task RateLimit_OfSettingsAndPlugin_TheSmallerHolds(double ofSettings, double ofPlugin)
    {
        var crm = AddHanging(settings => settings.RateLimit = ofSettings);
        crm.RateLimit = ofPlugin;
        for (var i = 0; i < 6; i++)
        {
            _ = _engine.Manager.EnrichAsync($"u{i}");
        }

        await _gate.Arrivals(2);

        Assert.Equal((2, 4), (_engine.Manager.GetPluginStatus("crm")!.Running, _engine.Manager.GetPluginStatus("crm")!.Waiting));
    }

    [Fact]
    public async Task RateLimit_Retries_TakeTokensToo()
    {
        var crm = _engine.Add(settings: settings => (settings.RateLimit, settings.MaxRetries, settings.RetryDelay) = (1, 1, TimeSpan.FromMilliseconds(100)));
        crm.Answer = (_, _) => crm.Calls == 1 ? throw Results.Failure(retryable: true) : new(Results.Found());
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();

        var backOff = await _engine.Time.Delay(1);
        _engine.Time.Advance(backOff);
        var untilToken = await _engine.Time.Delay(2);
        Assert.InRange(backOff + untilToken, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1001)); // delays are whole milliseconds
        _engine.Time.Advance(untilToken);

        Assert.Equal(PluginState.Fresh, (await asking).Status["crm"].State);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private FakePlugin AddHanging(Action<PluginSettings>? settings = null)
    {
        var crm = _engine.Add(settings: settings);
        crm.Answer = _gate.Pass;
        return crm;
    }
}

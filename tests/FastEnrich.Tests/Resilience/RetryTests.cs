using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Resilience;

public sealed class RetryTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task Retry_RetryableFailures_BacksOffBeforeEachAttempt()
    {
        var crm = AddFailing(settings => (settings.MaxRetries, settings.RetryDelay, settings.FetchTimeout) = (3, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)));
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var delay = await _engine.Time.Delay(attempt);
            Assert.Equal(attempt, crm.Calls); // nothing before the back-off
            _engine.Time.Advance(delay);
        }

        Assert.Equal(PluginState.Failed, (await asking).Status["crm"].State);
        Assert.Equal(4, crm.Calls);
        Assert.True(_engine.Time.Delays.Sum(static delay => delay.TotalMilliseconds) is > 100 and < 2000, "three jittered back-offs of 100 ms, doubling");
    }

    [Fact]
    public async Task Retry_SecondAttemptSucceeds_IsFresh()
    {
        var crm = _engine.Add(settings: static settings => settings.MaxRetries = 3);
        crm.Answer = (_, _) => crm.Calls == 1 ? throw Results.Failure(retryable: true) : new(Results.Found());
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();

        _engine.Time.Advance(await _engine.Time.Delay(1));

        Assert.Equal(PluginState.Fresh, (await asking).Status["crm"].State);
        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Succeeded);
    }

    [Fact]
    public async Task Retry_UpstreamNamesATime_WaitsExactlyThatLong()
    {
        var crm = _engine.Add(settings: static settings => settings.MaxRetries = 3);
        crm.Answer = (_, _) => crm.Calls == 1
            ? throw new PluginException("crm", "read", "slow down", PluginErrorCode.RateLimitError, retryAfter: TimeSpan.FromSeconds(3))
            : new(Results.Found());
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();

        Assert.Equal(TimeSpan.FromSeconds(3), await _engine.Time.Delay(1));
        _engine.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(PluginState.Fresh, (await asking).Status["crm"].State);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(3600)]
    public async Task Retry_UpstreamNamesATimeBeyondTheBudget_FailsAtOnce(int seconds)
    {
        var crm = _engine.Add(settings: static settings => (settings.MaxRetries, settings.FetchTimeout) = (3, TimeSpan.FromSeconds(5)));
        crm.Answer = (_, _) => throw new PluginException("crm", "read", "slow down", PluginErrorCode.RateLimitError, retryAfter: TimeSpan.FromSeconds(seconds));

        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal(PluginErrorCode.RateLimitError, profile.Errors["crm"].Code);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task Retry_BackOffBeyondTheBudget_FailsAtOnceWithTheCause()
    {
        var crm = AddFailing(static settings => (settings.MaxRetries, settings.RetryDelay, settings.FetchTimeout) = (3, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)));

        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal(PluginErrorCode.ConnectionError, profile.Errors["crm"].Code);
        Assert.Equal(1, crm.Calls);
    }

    [Theory]
    [InlineData(PluginErrorCode.AuthError)]
    [InlineData(PluginErrorCode.QuotaExceeded)]
    [InlineData(PluginErrorCode.InvalidResponse)]
    [InlineData(PluginErrorCode.InvalidConfig)]
    public async Task Retry_FailureThatIsNotRetryable_IsFinal(PluginErrorCode code)
    {
        var crm = _engine.Add(settings: static settings => settings.MaxRetries = 3);
        crm.Answer = (_, _) => throw new PluginException("crm", "read", "no", code);

        Assert.Equal(code, (await _engine.Manager.EnrichAsync("u1")).Errors["crm"].Code);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task Retry_NoneAllowed_FailsAfterOneCall()
    {
        var crm = AddFailing(static settings => settings.MaxRetries = 0);

        Assert.Equal(PluginState.Failed, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task Retry_ManyFailures_AddsAFifthToTheCallsAndAReserveOfTen()
    {
        const int users = 200;
        var crm = _engine.Add(settings: static settings => (settings.MaxRetries, settings.MaxConcurrency, settings.RetryDelay) = (1, 1, TimeSpan.Zero));
        crm.Answer = (_, _) => throw Results.Failure(PluginErrorCode.InvalidResponse, retryable: true); // no distress: the breaker stays closed

        for (var i = 0; i < users; i++)
        {
            await _engine.Manager.EnrichAsync($"u{i}");
        }

        Assert.InRange(crm.Calls - users, (users / 5) + 5, (users / 5) + 10);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private FakePlugin AddFailing(Action<PluginSettings> settings)
    {
        var crm = _engine.Add(settings: settings);
        crm.Answer = static (_, _) => throw Results.Failure(retryable: true);
        return crm;
    }
}

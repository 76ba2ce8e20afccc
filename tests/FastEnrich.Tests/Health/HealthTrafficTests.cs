using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Health;

/// <summary>What the calls themselves say of a plugin's health; no periodic checks, so each look counts.</summary>
public sealed class HealthTrafficTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    private HealthChecker Health => _engine.Manager.Health;

    [Fact]
    public async Task ErrorRate_AThirdOfCallsFails_IsDegraded()
    {
        var crm = _engine.Add();
        crm.Answer = (_, _) => crm.Calls % 3 == 0 ? throw Results.Failure(PluginErrorCode.InvalidResponse) : new(Results.Found());
        crm.Check = static _ => new(true);
        await Health.ForceCheckAsync("crm");

        await Enrich(30);

        var status = Status();
        Assert.Equal((HealthState.Degraded, HealthReason.SomeErrors), (status.State, Assert.Single(status.Reasons)));
        Assert.Equal((10 / 30d, 20, 10), (status.ErrorRate!.Value, status.Succeeded, status.Failed));
        Assert.NotNull(status.ResponseTimes);
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((HealthState.Healthy, null), (Status().State, Status().ErrorRate));
    }

    [Fact]
    public async Task ErrorRate_FewerThanTenCalls_SaysNothing()
    {
        var crm = _engine.Add();
        crm.Check = static _ => new(true);
        crm.Answer = static (_, _) => throw Results.Failure(PluginErrorCode.InvalidResponse);
        await Health.ForceCheckAsync("crm");

        await Enrich(9);

        Assert.Equal((HealthState.Healthy, 1), (Status().State, Status().ErrorRate));
    }

    [Fact]
    public async Task ErrorRate_ResultsBreakTheContract_CountAsErrors()
    {
        var crm = _engine.Add();
        crm.Answer = static (_, _) => new(EnrichmentResult.Found(Results.Enrichment() with { Confidence = double.NaN }));

        await Enrich(12);

        Assert.Equal((HealthState.Unhealthy, 1), (Status().State, Status().ErrorRate));
    }

    [Fact]
    public async Task ErrorRate_NotFound_IsNoError()
    {
        _engine.Add().Answer = static (_, _) => new(EnrichmentResult.NotFound());

        await Enrich(12);

        Assert.Equal((HealthState.Healthy, 0), (Status().State, Status().ErrorRate));
    }

    [Fact]
    public async Task Breaker_Opens_IsUnhealthyAtOnceAndProbedBack()
    {
        var crm = _engine.Add();
        _engine.Options.Engine.Health.Interval = TimeSpan.FromHours(1);
        await Enrich(1);
        crm.Answer = static (_, _) => throw Results.Failure();
        await Enrich(40);

        Assert.Equal(HealthState.Unhealthy, Status().State);
        Assert.Contains(HealthReason.BreakerOpen, Status().Reasons);
        var refused = crm.Calls;
        await Enrich(1);
        Assert.Equal(refused, crm.Calls);

        _engine.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains(HealthReason.BreakerHalfOpen, Status().Reasons);
        crm.Answer = static (_, _) => new(Results.Found());
        await Enrich(1);
        Assert.Equal(refused + 1, crm.Calls);
        Assert.DoesNotContain(HealthReason.BreakerHalfOpen, Status().Reasons);
    }

    [Fact]
    public async Task Breaker_ACheckPasses_EndsThePauseForOneProbe()
    {
        var crm = _engine.Add();
        crm.Answer = static (_, _) => throw Results.Failure();
        crm.Check = static _ => new(true);
        await Enrich(40);
        var refused = crm.Calls;

        await Health.ForceCheckAsync("crm");
        await Enrich(3);

        Assert.Equal(refused + 1, crm.Calls); // the probe failed, and the pause begins anew
        await Health.ForceCheckAsync("crm");
        crm.Answer = static (_, _) => new(Results.Found());
        await Enrich(3);
        Assert.Equal(refused + 4, crm.Calls);
    }

    [Fact]
    public async Task Hang_ACallDoesNotReturn_IsDegradedUntilItDoes()
    {
        var gate = new Gate();
        var crm = _engine.Add(settings: static settings => settings.MaxConcurrency = 2);
        crm.Check = static _ => new(true);
        await Health.ForceCheckAsync("crm");
        crm.Answer = gate.Pass;
        await Hang(gate, "u1");
        Assert.Equal((HealthState.Degraded, 1), (Status().State, Status().Hung));
        Assert.Contains(HealthReason.CallsHang, Status().Reasons);

        gate.Release(Results.Found());
        await Eventually.True(() => Status().Hung == 0);
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthState.Healthy, Status().State);
    }

    [Fact]
    public async Task Block_ACallBlocksItsThread_IsDegradedUntilTheWindowHasPassed()
    {
        var crm = _engine.Add();
        crm.Check = static _ => new(true);
        await Health.ForceCheckAsync("crm");
        crm.Answer = (_, _) =>
        {
            _engine.Time.Advance(TimeSpan.FromMilliseconds(100));
            return new(Results.Found());
        };

        await Enrich(1);

        Assert.Equal((HealthState.Degraded, HealthReason.CallsBlock, 1), (Status().State, Assert.Single(Status().Reasons), Status().Blocked));
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthState.Healthy, Status().State);
    }

    [Fact]
    public async Task Slow_CallsTakeTenTimesAsLong_IsDegraded()
    {
        var took = TimeSpan.FromMilliseconds(9);
        var crm = _engine.Add();
        crm.Answer = (_, _) =>
        {
            _engine.Time.Advance(took);
            return new(Results.Found());
        };
        for (var i = 0; i < 20; i++)
        {
            await Enrich(10);
            _engine.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(HealthState.Healthy, Status().State);
        Assert.InRange(Status().ResponseTimes!.P99, 8.4, 9.6);
        took *= 10;
        for (var i = 0; i < 4; i++)
        {
            await Enrich(10);
            _engine.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal((HealthState.Degraded, HealthReason.Slow), (Status().State, Assert.Single(Status().Reasons)));
    }

    [Fact]
    public void Upstream_TokenAndQuotaReported_ShowInStateAndStatus()
    {
        PluginContext? context = null;
        _engine.Options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "crm" },
            PluginType = typeof(FakePlugin),
            Create = activation =>
            {
                context = activation.Context;
                return new FakePlugin();
            },
        });
        _engine.Options.Plugins["crm"] = new PluginSettings();
        var now = _engine.Time.GetUtcNow();
        Assert.Equal(HealthState.Healthy, Status().State);

        context!.Upstream.Condition.ReportQuota(0.05, now.AddHours(1));
        Assert.Equal((HealthState.Degraded, 0.05), (Status().State, Status().QuotaLeft));
        context.Upstream.Condition.ReportToken(now.AddHours(2));
        Assert.Equal([HealthReason.TokenExpiring, HealthReason.QuotaLow], Status().Reasons);
        _engine.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal((HealthState.Unhealthy, now.AddHours(2), null), (Status().State, Status().TokenExpiresAt, Status().QuotaLeft));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private PluginHealth Status() => Health.GetHealthStatus("crm")!;

    private async Task Hang(Gate gate, string user)
    {
        var asking = _engine.Manager.EnrichAsync(user).AsTask();
        await gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromSeconds(5));
        await asking;
    }

    private async Task Enrich(int users)
    {
        for (var i = 0; i < users; i++)
        {
            await _engine.Manager.EnrichAsync(Guid.NewGuid().ToString());
        }
    }
}

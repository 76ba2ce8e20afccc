using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Both stale windows are counted from the end of the ttl, and hold to the tick.</summary>
public sealed class StalenessTests : IAsyncLifetime
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan s_ttl = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_revalidate = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_ifError = TimeSpan.FromMinutes(30);

    private readonly EngineFixture _engine = new();
    private readonly FakePlugin _crm;

    public StalenessTests() => _crm = _engine.Add("crm", settings: static settings =>
    {
        settings.CacheTtl = s_ttl;
        settings.StaleWhileRevalidate = s_revalidate;
        settings.StaleIfError = s_ifError;
        settings.FetchTimeout = TimeSpan.FromMinutes(2);
    });

    [Fact]
    public async Task EnrichAsync_OneTickBeforeTheEndOfTtl_IsFresh()
    {
        await Fill(s_ttl - s_tick);

        var profile = await Enrich();

        Assert.Equal((PluginState.Fresh, 1), (profile.Status["crm"].State, _crm.Calls));
    }

    [Fact]
    public async Task EnrichAsync_AtTheEndOfTtl_IsStaleAndRefreshedOnceBehind()
    {
        await Fill(s_ttl);
        var gate = new Gate();
        _crm.Answer = gate.Pass;

        var tasks = Enumerable.Range(0, 100).Select(_ => _engine.Manager.EnrichAsync("u1")).ToArray();
        await gate.Arrivals(1);

        Assert.All(tasks, static task => Assert.True(task.IsCompletedSuccessfully));
        Assert.All(tasks, static task => Assert.Equal((PluginState.Stale, true, 0), (task.Result.Status["crm"].State, task.Result.Complete, task.Result.Errors.Count)));
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_ResultExpiresWhileAnotherIsWaitedFor_IsFreshToWhoAskedBefore()
    {
        _engine.Options.Engine.Timeout = TimeSpan.FromMinutes(9);
        _engine.Add("social", settings: static settings =>
        {
            settings.CacheTtl = s_ttl;
            settings.StaleWhileRevalidate = TimeSpan.Zero;
        });
        _crm.Answer = static (_, _) => new(Results.Found(ttl: TimeSpan.FromMinutes(1)));
        await Enrich();
        _engine.Time.Advance(s_ttl - TimeSpan.FromMinutes(1));
        var gate = new Gate();
        _crm.Answer = gate.Pass;

        var asked = Enrich();
        await gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        gate.Release(Results.Found());

        Assert.Equal((PluginState.Fresh, PluginState.Fresh), ((await asked).Status["crm"].State, (await asked).Status["social"].State));
    }

    [Fact]
    public async Task EnrichAsync_OneTickBeforeTheEndOfRevalidation_IsServedAtOnce()
    {
        await Fill(s_ttl + s_revalidate - s_tick);
        _crm.Answer = new Gate().Pass;

        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task EnrichAsync_WhileRefreshingPastRevalidation_WaitsForTheRefresh()
    {
        await Fill(s_ttl + s_revalidate - s_tick);
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        await Enrich();
        _engine.Time.Advance(s_tick);

        var waiting = Enrich();
        await gate.Arrivals(1);
        Assert.False(waiting.IsCompleted);
        gate.Release(Results.Found("new"));

        Assert.Equal("new", City(await waiting));
        Assert.Equal(2, _crm.Calls);
    }

    [Theory]
    [InlineData(0, PluginState.Stale)] // the first tick after revalidation
    [InlineData(1, PluginState.Stale)] // the last tick of stale-if-error
    [InlineData(2, PluginState.Failed)] // gone
    public async Task EnrichAsync_FetchFailsPastRevalidation_StandsInUntilTheEndOfStaleIfError(int moment, PluginState state)
    {
        await Fill(moment == 0 ? s_ttl + s_revalidate : s_ttl + s_ifError - (moment == 1 ? s_tick : TimeSpan.Zero));
        _crm.Answer = static (_, _) => throw Results.Failure(PluginErrorCode.AuthError);

        var profile = await Enrich();

        Assert.Equal(state, profile.Status["crm"].State);
        Assert.Equal(PluginErrorCode.AuthError, profile.Errors["crm"].Code);
        Assert.Equal(state == PluginState.Stale ? (1, 0, true) : (0, 1, false), (profile.SuccessCount, profile.ErrorCount, profile.Complete));
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_StandInExpiresWhileTheFailureRests_IsGoneAndNotServed()
    {
        await Fill(s_ttl + s_ifError - s_tick);
        _crm.Answer = static (_, _) => throw Results.Failure();
        Assert.Equal(PluginState.Stale, (await Enrich()).Status["crm"].State);

        _engine.Time.Advance(s_tick);

        Assert.Equal(PluginState.Failed, (await Enrich()).Status["crm"].State);
        Assert.Equal(2, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_DeadlineBeforeTheFetchEnds_ServesTheOldValueWithItsCause()
    {
        await Fill(s_ttl + s_revalidate);
        _crm.Answer = new Gate().Pass;

        var waiting = Enrich(new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(20) });
        _engine.Time.Advance(TimeSpan.FromMilliseconds(20));
        var profile = await waiting;

        Assert.Equal(PluginState.Stale, profile.Status["crm"].State);
        Assert.Equal(PluginErrorCode.TimeoutError, profile.Errors["crm"].Code);
        Assert.Equal("old", City(profile));
    }

    [Fact]
    public async Task EnrichAsync_BudgetOfTheFetchEnds_ServesTheOldValueWithItsCause()
    {
        await Fill(s_ttl + s_revalidate);
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var waiting = Enrich(new EnrichOptions { Deadline = TimeSpan.FromHours(1) });
        await gate.Arrivals(1);

        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        var profile = await waiting;

        Assert.Equal((PluginState.Stale, "old"), (profile.Status["crm"].State, City(profile)));
        Assert.Equal(PluginErrorCode.TimeoutError, profile.Errors["crm"].Code);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("confidence")]
    [InlineData("ttl")]
    [InlineData("endless ttl")]
    public async Task EnrichAsync_ResultThatBreaksTheContract_LetsTheOldValueStandIn(string broken)
    {
        await Fill(s_ttl + s_revalidate);
        _crm.Answer = (_, _) => new(broken switch
        {
            "confidence" => Results.Found(confidence: double.NaN),
            "ttl" => Results.Found(ttl: TimeSpan.FromTicks(-1)),
            "endless ttl" => Results.Found(ttl: TimeSpan.MaxValue),
            _ => default,
        });

        var profile = await Enrich();

        Assert.Equal((PluginState.Stale, "old", 1, 0), (profile.Status["crm"].State, City(profile), profile.SuccessCount, profile.ErrorCount));
        Assert.Equal(PluginErrorCode.InvalidResponse, profile.Errors["crm"].Code);
    }

    [Fact]
    public async Task EnrichAsync_RefreshedBehind_LivesForTheTtlOfTheNewResult()
    {
        await Fill(s_ttl);
        _crm.Answer = static (_, _) => new(Results.Found("new", TimeSpan.FromMinutes(3)));

        await Enrich();
        await Eventually.True(async () => City(await Enrich()) == "new");

        Assert.Equal(_engine.Time.GetUtcNow() + TimeSpan.FromMinutes(3), (await Enrich()).Status["crm"].FreshUntil);
    }

    [Fact]
    public async Task EnrichAsync_RefreshBehindFailsWithoutStaleIfError_KeepsTheServableValue()
    {
        await using var engine = new EngineFixture();
        var crm = engine.Add("crm", settings: static settings => (settings.CacheTtl, settings.StaleWhileRevalidate, settings.StaleIfError) = (s_ttl, s_revalidate, TimeSpan.Zero));
        await engine.Manager.EnrichAsync("u1");
        engine.Time.Advance(s_ttl);
        crm.Answer = static (_, _) => throw Results.Failure();
        await engine.Manager.EnrichAsync("u1");
        await Eventually.True(() => crm.Calls == 2 && !engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);

        var profile = await engine.Manager.EnrichAsync("u1");

        Assert.Equal(PluginState.Stale, profile.Status["crm"].State);
        Assert.Equal(PluginErrorCode.ConnectionError, profile.Errors["crm"].Code);
    }

    [Fact]
    public async Task EnrichAsync_NotFoundWhoseRefreshFails_StaysNotFoundWithoutAnError()
    {
        _crm.Answer = static (_, _) => new(EnrichmentResult.NotFound(TimeSpan.FromMinutes(1)));
        await Enrich();
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        _crm.Answer = static (_, _) => throw Results.Failure();
        await Enrich();
        await Eventually.True(() => _crm.Calls == 2 && !_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);

        var profile = await Enrich();

        Assert.Equal((PluginState.NotFound, true, 0), (profile.Status["crm"].State, profile.Complete, profile.Errors.Count));
    }

    [Fact]
    public async Task EnrichAsync_PreviousResult_IsHandedOverAndRenewedForItsOwnTtl()
    {
        _crm.Answer = static (_, _) => new(EnrichmentResult.Found(Results.Enrichment("old", ttl: TimeSpan.FromMinutes(3)), validator: "etag"));
        await Enrich();
        _engine.Time.Advance(TimeSpan.FromMinutes(9));
        _crm.Answer = static (_, _) => new(EnrichmentResult.NotModified());

        var profile = await Enrich();

        Assert.Equal("old", City(profile));
        Assert.Equal(_engine.Time.GetUtcNow() + TimeSpan.FromMinutes(3), profile.Status["crm"].FreshUntil);
        Assert.Equal(("etag", "old"), (_crm.Requests[1].Previous!.Validator, _crm.Requests[1].Previous!.Enrichment.Demographics!.City));
        Assert.Null(_crm.Requests[0].Previous);
    }

    [Fact]
    public async Task EnrichAsync_NotModifiedManyTimesWithJitter_NeverShrinksTheTtl()
    {
        _engine.TtlJitter = 0.1;
        var manager = _engine.Manager;
        _crm.Answer = static (_, _) => new(Results.Found("old"));
        await Enrich();
        _crm.Answer = static (_, _) => new(EnrichmentResult.NotModified());

        for (var i = 0; i < 60; i++)
        {
            await manager.RefreshAsync("u1");
        }

        var status = (await Enrich()).Status["crm"];
        Assert.True(status.FreshUntil - status.FetchedAt >= s_ttl * 0.9);
    }

    [Fact]
    public async Task EnrichAsync_NotModifiedWithoutAPrevious_IsAnInvalidResponse()
    {
        _crm.Answer = static (_, _) => new(EnrichmentResult.NotModified());

        Assert.Equal(PluginErrorCode.InvalidResponse, (await Enrich()).Errors["crm"].Code);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string? City(EnrichedProfile profile) => profile.Enrichments["crm"].Demographics!.City;

    private Task<EnrichedProfile> Enrich(EnrichOptions options = default) => _engine.Manager.EnrichAsync("u1", options).AsTask();

    private async Task Fill(TimeSpan thenWait)
    {
        _crm.Answer = static (_, _) => new(Results.Found("old"));
        await Enrich();
        _engine.Time.Advance(thenWait);
    }
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>How long results, "not found" and failures are held.</summary>
public sealed class TtlTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    [Theory]
    [InlineData(5, 7, 5)] // the result says so
    [InlineData(null, 7, 7)] // the plugin's settings do
    [InlineData(null, null, 30)] // the engine does
    [InlineData(60 * 24 * 31, 7, 60 * 24 * 30)] // never more than 30 days
    public async Task FreshUntil_OfAResult_IsTheFirstTtlThatIsSet(int? result, int? plugin, int minutes)
    {
        _engine.Add("crm", settings: settings => settings.CacheTtl = plugin is { } own ? TimeSpan.FromMinutes(own) : null).Answer =
            (_, _) => new(Results.Found(ttl: result is { } own ? TimeSpan.FromMinutes(own) : null));

        var profile = await Enrich();

        var status = profile.Status["crm"];
        Assert.Equal(TimeSpan.FromMinutes(minutes), status.FreshUntil - status.FetchedAt);
        Assert.Equal(TimeSpan.FromMinutes(minutes), profile.Enrichments["crm"].Ttl);
    }

    [Fact]
    public async Task FreshUntil_WithJitter_IsOnlyEverShortened()
    {
        _engine.TtlJitter = 0.1;
        _engine.Add("crm").Answer = static (_, _) => new(Results.Found(ttl: TimeSpan.FromMinutes(100)));
        var minutes = new List<double>();

        for (var i = 0; i < 300; i++)
        {
            var status = (await Enrich($"u{i}")).Status["crm"];
            minutes.Add((status.FreshUntil!.Value - status.FetchedAt!.Value).TotalMinutes);
        }

        Assert.All(minutes, static value => Assert.InRange(value, 90, 100));
        Assert.True(minutes.Max() - minutes.Min() > 5);
    }

    [Fact]
    public async Task EnrichAsync_TtlOfZero_IsSeenByAllWhoWaitedAndNobodyAfter()
    {
        var gate = new Gate();
        var crm = _engine.Add("crm");
        crm.Answer = gate.Pass;
        var waiting = Enumerable.Range(0, 3).Select(_ => Enrich()).ToArray();
        await gate.Arrivals(1);
        gate.Release(Results.Found("once", TimeSpan.Zero));
        Assert.All(await Task.WhenAll(waiting), static profile => Assert.Equal(("once", PluginState.Fresh), (profile.Merged.Demographics!.City, profile.Status["crm"].State)));

        var later = Enrich();
        await gate.Arrivals(1);
        Assert.False(later.IsCompleted);
        gate.Release(Results.Found("again", TimeSpan.Zero));

        Assert.Equal("again", (await later).Merged.Demographics!.City);
        Assert.Equal(2, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_TtlOfZeroBesideASlowPlugin_DoesNotLiveOnInASnapshot()
    {
        var (slow, once) = (new Gate(), new Gate());
        var crm = _engine.Add("crm");
        crm.Answer = once.Pass;
        _engine.Add("slow").Answer = slow.Pass;
        var first = Enrich();
        await once.Arrivals(1);
        once.Release(Results.Found("first", TimeSpan.Zero));
        await Eventually.True(() => !_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
        var second = Enrich(); // claims the slot again
        await once.Arrivals(1);
        await slow.Arrivals(1);
        slow.Release(Results.Found("slow"));

        Assert.Equal("first", (await first).Enrichments["crm"].Demographics!.City);
        Assert.False(Enrich().IsCompleted);
        once.Release(Results.Found("second", TimeSpan.Zero));
        Assert.Equal("second", (await second).Enrichments["crm"].Demographics!.City);
    }

    [Fact]
    public async Task EnrichAsync_ShortTtlBesideASlowPlugin_IsNotShownAsFreshForLong()
    {
        var (slow, quick) = (new Gate(), new Gate());
        _engine.Add("crm").Answer = quick.Pass;
        _engine.Add("slow", settings: static settings => settings.FetchTimeout = TimeSpan.FromMinutes(5)).Answer = slow.Pass;
        var first = Enrich(options: new EnrichOptions { Deadline = TimeSpan.FromMinutes(5) });
        await quick.Arrivals(1);
        quick.Release(Results.Found("short", TimeSpan.FromMinutes(1)));
        await Eventually.True(() => !_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        var second = Enrich(); // serves it stale and refreshes it behind
        await quick.Arrivals(1);
        await slow.Arrivals(1);
        slow.Release(Results.Found("slow"));

        Assert.Equal("short", (await first).Enrichments["crm"].Demographics!.City);
        Assert.Equal(PluginState.Stale, (await Enrich()).Status["crm"].State);
        await second;
    }

    [Fact]
    public async Task EnrichAsync_NotFound_ReplacesAnOlderValueForNegativeTtl()
    {
        var crm = _engine.Add("crm", settings: static settings => settings.StaleWhileRevalidate = TimeSpan.Zero);
        crm.Answer = static (_, _) => new(Results.Found("old", TimeSpan.FromMinutes(1)));
        await Enrich();
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        crm.Answer = static (_, _) => throw Results.Failure(PluginErrorCode.NotFound);

        var gone = await Enrich();
        _engine.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await Enrich();
        Assert.Equal(2, crm.Calls);
        _engine.Time.Advance(TimeSpan.FromTicks(1));
        await Enrich();

        Assert.Equal((PluginState.NotFound, true, 0, 0), (gone.Status["crm"].State, gone.Complete, gone.Errors.Count, gone.Enrichments.Count));
        Assert.Equal(3, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_NotFoundWithItsOwnTtl_IsHeldForIt()
    {
        _engine.Add("crm").Answer = static (_, _) => new(EnrichmentResult.NotFound(TimeSpan.FromHours(3)));

        var status = (await Enrich()).Status["crm"];

        Assert.Equal(TimeSpan.FromHours(3), status.FreshUntil - status.FetchedAt);
    }

    [Theory]
    [InlineData(-1, 0)] // days: this answer only
    [InlineData(0, 0)]
    [InlineData(30, 30)]
    [InlineData(10_675_199, 30)] // as long as a time span can be
    public async Task EnrichAsync_NotFoundOrNotModifiedWithATtlOutOfRange_IsHeldForWhatIsInRange(int days, int held)
    {
        var (ttl, life) = (TimeSpan.FromDays(days), TimeSpan.FromDays(held));
        var crm = _engine.Add("crm");
        _engine.Add("absent").Answer = (_, _) => new(EnrichmentResult.NotFound(ttl));
        await Enrich();
        crm.Answer = (_, _) => new(EnrichmentResult.NotModified(ttl));

        var profile = await _engine.Manager.RefreshAsync("u1");

        var status = profile.Status;
        Assert.Equal(life, ProfileJson.Parse(ProfileJson.ToUtf8Bytes(profile))!.Enrichments["crm"].Ttl);
        Assert.Equal((PluginState.NotFound, life), (status["absent"].State, status["absent"].FreshUntil - status["absent"].FetchedAt));
        Assert.Equal((PluginState.Fresh, life), (status["crm"].State, status["crm"].FreshUntil - status["crm"].FetchedAt));
    }

    [Theory]
    [InlineData(1, 2)] // less than failure_ttl
    [InlineData(90, 90)]
    [InlineData(3_600, 300)]
    public async Task EnrichAsync_UpstreamNamesATime_RestsForItAndNeverForLongerThanFiveMinutes(int named, int seconds)
    {
        var crm = _engine.Add("crm");
        crm.Answer = (_, _) => throw new PluginException("crm", "read", "slow down", PluginErrorCode.RateLimitError, retryAfter: TimeSpan.FromSeconds(named));
        await Enrich();

        _engine.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        await Enrich();
        Assert.Equal(1, crm.Calls);
        _engine.Time.Advance(TimeSpan.FromTicks(1));
        await Enrich();

        Assert.Equal(2, crm.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public async Task EnrichAsync_FailedPlugin_IsNotAskedAgainForTwoSecondsWhateverTheJitter(double jitter)
    {
        _engine.TtlJitter = jitter;
        var crm = _engine.Add("crm");
        crm.Answer = static (_, _) => throw Results.Failure(PluginErrorCode.InvalidResponse);
        Assert.Equal(PluginState.Failed, (await Enrich()).Status["crm"].State);

        _engine.Time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal(PluginState.Failed, (await Enrich()).Status["crm"].State);
        Assert.Equal(1, crm.Calls);
        _engine.Time.Advance(TimeSpan.FromTicks(1));
        crm.Answer = static (_, _) => new(Results.Found());

        Assert.Equal(PluginState.Fresh, (await Enrich()).Status["crm"].State);
    }

    [Fact]
    public async Task EnrichAsync_OnePluginFailed_FillsItAfterTheRestWithoutAskingTheOthers()
    {
        var crm = _engine.Add("crm");
        var other = _engine.Add("other");
        crm.Answer = static (_, _) => throw Results.Failure();
        Assert.False((await Enrich()).Complete);
        crm.Answer = static (_, _) => new(Results.Found());
        _engine.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.True((await Enrich()).Complete);
        Assert.Equal(1, other.Calls);
    }

    [Fact]
    public async Task RefreshAsync_Fails_KeepsTheFreshValueForTheOthersAndTellsTheOneWhoAsked()
    {
        var crm = _engine.Add("crm");
        await Enrich();
        crm.Answer = static (_, _) => throw Results.Failure();

        var refreshed = await _engine.Manager.RefreshAsync("u1");
        var other = await Enrich();
        _engine.Time.Advance(TimeSpan.FromSeconds(3));
        await Enrich();

        Assert.Equal((PluginState.Stale, PluginErrorCode.ConnectionError), (refreshed.Status["crm"].State, refreshed.Errors["crm"].Code));
        Assert.Equal((PluginState.Fresh, 0), (other.Status["crm"].State, other.Errors.Count));
        Assert.Equal(2, crm.Calls);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private Task<EnrichedProfile> Enrich(string user = "u1", EnrichOptions options = default) => _engine.Manager.EnrichAsync(user, options).AsTask();
}

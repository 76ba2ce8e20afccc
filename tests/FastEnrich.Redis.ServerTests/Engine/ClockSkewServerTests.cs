using FastEnrich.Redis.ServerTests.Servers;
using FastEnrich.Testing;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Instances whose clocks differ.</summary>
public abstract class ClockSkewServerTests(RedisServer server) : EngineServerTests(server)
{
    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task Forget_ClockMinutesOff_IsGoneFromBothAndLateWritesAreRefused(int minutes)
    {
        await using var a = await JoinSkewedAsync(minutes);
        await using var b = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        a.Crm.Answer = b.Crm.Answer = static _ => new(TestPlugin.Found("anew"));

        Assert.True((await a.Manager.ForgetAsync("u")).Complete);

        await Eventually.True(async () => await b.CityAsync("u") == "anew");
        Assert.Equal("anew", await a.CityAsync("u"));
    }

    [Fact]
    public async Task Refresh_RecordFromAClockFarAhead_DoesNotKeepNewerOnesOut()
    {
        await using var ahead = await JoinSkewedAsync(60);
        await ahead.EnrichAndWriteAsync("u", Redis);
        await using var b = await JoinAsync();
        b.Crm.Answer = static _ => new(TestPlugin.Found("newer"));

        var before = await Redis.HashGetAsync(b.Key("u"), "crm");
        await b.Manager.RefreshAsync("u");
        await Eventually.True(async () => await Redis.HashGetAsync(b.Key("u"), "crm") != before);

        await using var c = await JoinAsync();
        Assert.Equal("newer", await c.CityAsync("u"));
    }

    [Fact]
    public async Task Enrich_RecordFromAClockBehind_IsServedNoLongerThanItSays()
    {
        await using var behind = await JoinSkewedAsync(-60, static options => options.Engine.CacheTtl = TimeSpan.FromMinutes(30));
        var written = await behind.EnrichAndWriteAsync("u", Redis);
        await using var b = await JoinAsync();

        var profile = await b.Manager.EnrichAsync("u");

        Assert.True(profile.Complete);
        Assert.True(profile.Status["crm"].State == PluginState.Stale || profile.Status["crm"].FetchedAt > written.Status["crm"].FetchedAt);
    }

    private Task<Instance> JoinSkewedAsync(int minutes, Action<FastEnrichOptions>? configure = null) => JoinAsync(options =>
    {
        options.TimeProvider = new ChaosClock(TimeProvider.System) { Skew = TimeSpan.FromMinutes(minutes) };
        configure?.Invoke(options);
    });
}

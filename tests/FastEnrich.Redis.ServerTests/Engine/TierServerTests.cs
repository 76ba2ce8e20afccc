using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Two engines, one server: what one has learned the other has too.</summary>
public abstract class TierServerTests(RedisServer server) : EngineServerTests(server)
{
    [Fact]
    public async Task Enrich_OtherInstanceHasWritten_AsksNoUpstreamAndSaysWhereFrom()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        var written = await a.EnrichAndWriteAsync("u", Redis);

        var read = await b.Manager.EnrichAsync("u");

        Assert.Equal(0, b.Crm.Calls);
        Assert.Equal(ResultOrigin.L2, read.Status["crm"].Origin);
        Assert.Equal(written.Status["crm"].FetchedAt, read.Status["crm"].FetchedAt);
        Assert.Equal(written.Status["crm"].FreshUntil, read.Status["crm"].FreshUntil);
        Assert.Equal("u", read.Merged.Demographics!.City);
    }

    [Fact]
    public async Task Enrich_TwoOfFiveFieldsInRedis_AsksTheOtherThreeUpstreams()
    {
        await using var a = await JoinAsync(null, "p1", "p2");
        await using var b = await JoinAsync(null, "p1", "p2", "p3", "p4", "p5");
        await a.EnrichAndWriteAsync("u", Redis);

        var profile = await b.EnrichAndWriteAsync("u", Redis);

        Assert.Equal(5, profile.SuccessCount);
        Assert.Equal([0, 0, 1, 1, 1], b.Plugins.Values.Select(static plugin => plugin.Calls));
    }

    [Fact]
    public async Task Enrich_NotFound_IsKnownToTheOtherInstance()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        a.Crm.Answer = static _ => new(EnrichmentResult.NotFound());
        await a.EnrichAndWriteAsync("u", Redis);

        var profile = await b.Manager.EnrichAsync("u");

        Assert.Equal((0, PluginState.NotFound), (b.Crm.Calls, profile.Status["crm"].State));
    }

    [Fact]
    public async Task Enrich_Failed_WritesNothing()
    {
        await using var a = await JoinAsync(null, "crm", "good");
        a.Crm.Answer = static _ => throw new PluginException("crm", "read", "it failed", PluginErrorCode.ConnectionError, retryable: false);

        await a.Manager.EnrichAsync("u");
        await Eventually.True(() => Redis.HashExistsAsync(a.Key("u"), "good"));

        Assert.False(await Redis.HashExistsAsync(a.Key("u"), "crm"));
    }

    [Fact]
    public async Task Enrich_IdsThatLookAlike_AreDifferentUsers()
    {
        string[] ids = ["u", "U", "u ", "{u}", "u}", "u\n", "u\0", "ü", "u\u0308", "*", "a:b", new string('x', 512)];
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        foreach (var id in ids)
        {
            await a.EnrichAndWriteAsync(id, Redis);
        }

        foreach (var id in ids)
        {
            Assert.Equal(id, await b.CityAsync(id));
        }

        Assert.Equal(0, b.Crm.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no record at all")]
    [InlineData("\u0002a later format")]
    public async Task Enrich_RecordThatCannotBeRead_IsAMissAndIsReplaced(string record)
    {
        await using var a = await JoinAsync();
        await Redis.HashSetAsync(a.Key("u"), "crm", record);

        Assert.Equal("u", await a.CityAsync("u"));

        Assert.Equal(1, a.Crm.Calls);
        await Eventually.True(async () => (string?)await Redis.HashGetAsync(a.Key("u"), "crm") != record);
    }

    [Fact]
    public async Task Enrich_RecordDamagedAnywhere_IsAMiss()
    {
        await using var a = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        var good = (byte[])(await Redis.HashGetAsync(a.Key("u"), "crm"))!;
        await using var b = await JoinAsync();

        for (var i = 0; i < good.Length; i += 3)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x40;
            await Redis.HashSetAsync(b.Key($"v{i}"), "crm", bad);
            Assert.Equal($"v{i}", await b.CityAsync($"v{i}"));
        }
    }

    [Fact]
    public async Task Enrich_KeysOfAnotherType_AreMissesUntilTheyAreForgottenAndTheOthersAreServed()
    {
        await using var a = await JoinAsync();
        await a.EnrichAndWriteAsync("good", Redis);
        await using var b = await JoinAsync();
        string[] users = [.. Enumerable.Range(0, 10).Select(static i => $"u{i}")];
        foreach (var user in users)
        {
            await Redis.StringSetAsync(b.Key(user), "a string");
            Assert.Equal(user, await b.CityAsync(user));
        }

        Assert.Equal("good", await b.CityAsync("good"));
        Assert.Equal(users.Length, b.Crm.Calls); // after so many errors, too
        Assert.Equal("a string", (string?)await Redis.StringGetAsync(b.Key(users[0])));
        Assert.True((await b.Manager.ForgetAsync(users[0])).Complete);
        await b.EnrichAndWriteAsync(users[0], Redis);
    }

    [Fact]
    public async Task Enrich_TooLargeForARecord_StaysInMemoryAlone()
    {
        await using var a = await JoinAsync(static options => options.Engine.Redis.MaxRecordBytes = 1024, "crm", "good");
        a.Crm.Answer = static _ => new(TestPlugin.Found(new string('x', 2000)));

        var profile = await a.Manager.EnrichAsync("u");
        await Eventually.True(() => Redis.HashExistsAsync(a.Key("u"), "good"));

        Assert.Equal(2, profile.SuccessCount);
        Assert.False(await Redis.HashExistsAsync(a.Key("u"), "crm"));
    }

    [Fact]
    public async Task Write_ShortLivedPluginAfterALongLivedOne_DoesNotShortenTheKey()
    {
        await using var a = await JoinAsync(static options => options.Plugins["short"] = new PluginSettings { CacheTtl = TimeSpan.FromSeconds(5), StaleIfError = TimeSpan.FromSeconds(5), StaleWhileRevalidate = TimeSpan.FromSeconds(5) }, "long", "short");
        await a.Manager.EnrichWithPluginAsync("long", "u");
        await Eventually.True(() => Redis.HashExistsAsync(a.Key("u"), "long"));
        var before = await Redis.KeyTimeToLiveAsync(a.Key("u"));

        await a.Manager.EnrichWithPluginAsync("short", "u");
        await Eventually.True(() => Redis.HashExistsAsync(a.Key("u"), "short"));

        Assert.InRange((await Redis.KeyTimeToLiveAsync(a.Key("u")))!.Value, TimeSpan.FromHours(24), before!.Value);
    }

    [Fact]
    public async Task Refresh_OnOneInstance_IsSeenByTheOther()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        Assert.Equal("u", await b.CityAsync("u"));
        a.Crm.Answer = static _ => new(TestPlugin.Found("moved"));

        await a.Manager.RefreshAsync("u");

        await Eventually.True(async () => await b.CityAsync("u") == "moved");
        Assert.Equal(0, b.Crm.Calls);
    }

    [Fact]
    public async Task Refresh_UserThatTheOtherDoesNotHold_DoesNothingThere()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        a.Crm.Answer = static _ => new(TestPlugin.Found("moved"));

        await a.Manager.RefreshAsync("u");
        await Eventually.True(() => b.Store.Changes > 0);

        Assert.Null(b.Manager.Inspect("u"));
    }

    [Fact]
    public async Task Refresh_OwnMessage_DoesNotTakeTheOwnValueAway()
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        a.Crm.Answer = static _ => new(TestPlugin.Found("moved"));
        await a.Manager.RefreshAsync("u");
        await Eventually.True(() => b.Store.Changes > 0);

        var profile = await a.Manager.EnrichAsync("u");

        Assert.Equal((0, ResultOrigin.Upstream), (a.Store.Changes, profile.Status["crm"].Origin));
    }

    [Fact]
    public async Task Drop_OnOneInstance_IsAMissOnBothAndInRedis()
    {
        await using var a = await JoinAsync(null, "crm", "good");
        await using var b = await JoinAsync(null, "crm", "good");
        await a.EnrichAndWriteAsync("u", Redis);
        await b.Manager.EnrichAsync("u");
        a.Crm.Answer = b.Crm.Answer = static _ => new(TestPlugin.Found("anew"));

        Assert.True(await a.Manager.DropAsync("crm"));

        await Eventually.True(async () => (await b.Manager.EnrichAsync("u")).Enrichments["crm"].Demographics!.City == "anew");
        Assert.Equal("anew", (await a.Manager.EnrichAsync("u")).Enrichments["crm"].Demographics!.City);
        Assert.Equal((1, 0), (a.Plugins["good"].Calls, b.Plugins["good"].Calls));
    }

    [Fact]
    public async Task Join_InstanceThatComesAfterADrop_ReadsNothingFromBefore()
    {
        await using var a = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        Assert.True(await a.Manager.DropAsync("crm"));

        await using var b = await JoinAsync();
        await b.Manager.EnrichAsync("u");

        Assert.Equal(1, b.Crm.Calls);
    }

    [Fact]
    public async Task Join_GenerationsWereEvictedWhileNobodyRan_ReadsNothingFromBefore()
    {
        await using (var a = await JoinAsync())
        {
            await a.EnrichAndWriteAsync("u", Redis);
            Assert.True(await a.Manager.DropAsync("crm"));
        }

        Assert.True(await Redis.KeyDeleteAsync(Prefix + "fe:1:generations"));

        await using var b = await JoinAsync();
        await b.Manager.EnrichAsync("u");

        Assert.Equal(1, b.Crm.Calls);
    }
}

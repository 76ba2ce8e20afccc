using System.Text;
using FastEnrich.Caching;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>The second tier helps when it can, and neither fails nor delays a request when it cannot.</summary>
public sealed class SecondTierTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly FakePlugin _crm;

    public SecondTierTests()
    {
        _engine.Store = _store;
        _crm = _engine.Add("crm");
    }

    [Fact]
    public async Task EnrichAsync_SeveralPlugins_AreReadAtOnce()
    {
        _engine.Add("a");
        _engine.Add("b", provides: ["email"]);
        _engine.Add("c", needs: [new("email", true)]);

        await Enrich();

        Assert.Equal(1, _store.Reads);
        Assert.Equal(["a", "b", "c", "crm"], Assert.Single(_store.Asked).Order());
        await Eventually.True(() => _store.Writes.Count == 4);
    }

    [Fact]
    public async Task EnrichAsync_KnownRecord_IsServedForTheLifeThatIsLeft()
    {
        var fetchedAt = _engine.Time.GetUtcNow() - TimeSpan.FromMinutes(4);
        _store.Put("u1", FakeStore.Record(fetchedAt, TimeSpan.FromMinutes(5)));

        var profile = await Enrich();

        var status = profile.Status["crm"];
        Assert.Equal((PluginState.Fresh, ResultOrigin.L2, fetchedAt, fetchedAt + TimeSpan.FromMinutes(5)), (status.State, status.Origin, status.FetchedAt, status.FreshUntil));
        Assert.Equal("Stored", profile.Merged.Demographics!.City);
        Assert.Equal((0, 0), (_crm.Calls, _store.Writes.Count));
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(PluginState.Stale, (await Enrich()).Status["crm"].State);
    }

    [Fact]
    public async Task EnrichAsync_StaleRecord_IsServedAndRefreshedBehind()
    {
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() - TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(5)));
        var gate = new Gate();
        _crm.Answer = gate.Pass;

        var stale = await Enrich();
        await gate.Arrivals(1);
        gate.Release(Results.Found("new"));
        await Eventually.True(() => _store.Writes.Count == 1);

        Assert.Equal((PluginState.Stale, 0), (stale.Status["crm"].State, stale.Errors.Count));
        Assert.Equal("v1", _crm.Requests[0].Previous!.Validator);
        Assert.Equal("new", (await Enrich()).Merged.Demographics!.City);
        Assert.Equal((1, 1), (_crm.Calls, _store.Reads));
    }

    [Fact]
    public async Task EnrichAsync_RecordPastRevalidation_StandsInWhenTheUpstreamFails()
    {
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() - TimeSpan.FromHours(2), TimeSpan.FromMinutes(5)));
        _crm.Answer = static (_, _) => throw Results.Failure();

        var profile = await Enrich();

        Assert.Equal((PluginState.Stale, ResultOrigin.L2), (profile.Status["crm"].State, profile.Status["crm"].Origin));
        Assert.Equal(PluginErrorCode.ConnectionError, profile.Errors["crm"].Code);
        Assert.Empty(_store.Writes);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("fingerprint")]
    [InlineData("plugin")]
    [InlineData("json")]
    [InlineData("lines")]
    [InlineData("several values")]
    [InlineData("no object")]
    [InlineData("text")]
    [InlineData("surrogate")]
    [InlineData("depth")]
    [InlineData("size")]
    [InlineData("confidence")]
    [InlineData("no number")]
    [InlineData("ttl")]
    [InlineData("validator")]
    [InlineData("ended")]
    [InlineData("future")]
    [InlineData("for ever")]
    [InlineData("backwards")]
    [InlineData("gone")]
    [InlineData("end of time")]
    public async Task EnrichAsync_RecordThatCannotBeUsed_IsAMiss(string wrong)
    {
        var now = _engine.Time.GetUtcNow();
        var good = FakeStore.Record(now, TimeSpan.FromMinutes(5));
        _store.Put("u1", wrong switch
        {
            "version" => good with { DataVersion = "0" },
            "fingerprint" => good with { Fingerprint = new Fingerprint(1, 2) },
            "plugin" => good with { Plugin = "other" },
            "json" => good with { Payload = good.Payload[..^3] },
            "lines" => good with { Payload = (byte[])[.. "{\n"u8, .. good.Payload.Span[1..]] },
            "several values" => good with { Payload = (byte[])[.. good.Payload.Span, .. "{}"u8] },
            "no object" => good with { Payload = "[]"u8.ToArray() },
            "text" => good with { Payload = (byte[])[.. "{\"source\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
            "surrogate" => good with { Payload = """{"source":"\ud800"}"""u8.ToArray() },
            "depth" => good with { Payload = Encoding.UTF8.GetBytes($$$"""{"contextual_data":{"x":{{{new string('[', 64)}}}{{{new string(']', 64)}}} } }""") },
            "size" => good with { Payload = Encoding.UTF8.GetBytes($$"""{"source":"{{new string('x', StoredPayload.MaxBytes)}}"}""") },
            "confidence" => good with { Confidence = 1.01 },
            "no number" => good with { Confidence = double.NaN },
            "ttl" => good with { Ttl = TimeSpan.FromDays(31) },
            "validator" => good with { Validator = new string('v', 513) },
            "ended" => good with { GoneAt = now },
            "future" => FakeStore.Record(now + TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)),
            "for ever" => good with { FreshUntil = now + TimeSpan.FromDays(31) },
            "backwards" => good with { FetchedAt = now, FreshUntil = now - TimeSpan.FromTicks(1) },
            "end of time" => good with { FreshUntil = DateTimeOffset.MaxValue },
            _ => FakeStore.Record(now - TimeSpan.FromDays(2), TimeSpan.FromMinutes(5)),
        });

        // A record under another plugin's name is handed over for this one.
        if (wrong == "plugin")
        {
            _store.Put("u1", _store.Get("u1", "other")! with { Plugin = "crm", DataVersion = "x" });
        }

        Assert.Equal("u1", (await Enrich()).Merged.Demographics!.City);
        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_ReadBeyondItsBudget_GoesOnWithoutTheTierAndDoesNotWriteToIt()
    {
        _store.BeforeRead = static _ => new TaskCompletionSource().Task; // hangs
        var waiting = Enrich();
        await Eventually.True(() => _store.Reads == 1);

        _engine.Time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Equal(0, _crm.Calls);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(ResultOrigin.Upstream, (await waiting).Status["crm"].Origin);
        Assert.Empty(_store.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichAsync_ReadThrows_GoesOnWithoutTheTier(bool atOnce)
    {
        _store.BeforeRead = _ => atOnce ? throw new TimeZoneNotFoundException() : Task.FromException(new InvalidOperationException());

        Assert.True((await Enrich()).Complete);
        Assert.Empty(_store.Writes);
    }

    [Fact]
    public async Task EnrichAsync_StaleInMemoryAndTheTierHangs_IsServedAtOnceAndRefreshedBehind()
    {
        await Enrich();
        _engine.Time.Advance(TimeSpan.FromMinutes(31));
        _store.BeforeRead = static _ => new TaskCompletionSource().Task;
        _crm.Answer = static (_, _) => new(Results.Found("new"));

        var stale = _engine.Manager.EnrichAsync("u1");
        Assert.True(stale.IsCompletedSuccessfully);
        Assert.Equal(PluginState.Stale, stale.Result.Status["crm"].State);
        await Eventually.True(() => _store.Reads == 2);
        Assert.Equal(1, _crm.Calls);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(20));

        await Eventually.True(async () => (await Enrich()).Merged.Demographics!.City == "new");
    }

    [Fact]
    public async Task EnrichAsync_StaleInMemoryAndTheTierHasNewer_TakesItsRecordWithoutACall()
    {
        await Enrich();
        _engine.Time.Advance(TimeSpan.FromMinutes(31));
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() - TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), "theirs")); // nobody said so

        Assert.Equal(PluginState.Stale, (await Enrich()).Status["crm"].State);

        await Eventually.True(async () => (await Enrich()).Merged.Demographics!.City == "theirs");
        Assert.Equal(1, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_TierHangsAndTheUpstreamFails_WhatIsHeldStandsIn()
    {
        await Enrich();
        _engine.Time.Advance(TimeSpan.FromHours(2));
        _store.BeforeRead = static _ => new TaskCompletionSource().Task;
        _crm.Answer = static (_, _) => throw Results.Failure();

        var waiting = Enrich();
        await Eventually.True(() => _store.Reads == 2);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(20));

        var profile = await waiting;
        Assert.Equal((PluginState.Stale, "u1"), (profile.Status["crm"].State, profile.Merged.Demographics!.City));
        Assert.Equal(PluginErrorCode.ConnectionError, profile.Errors["crm"].Code);
    }

    [Fact]
    public async Task EnrichAsync_TierWasAwayForAWhile_ServesAndTakesRecordsAgain()
    {
        _store.Put("before", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));
        _store.BeforeRead = static _ => throw new IOException();
        await Enrich();
        Assert.Empty(_store.Writes);

        _store.BeforeRead = static _ => Task.CompletedTask;
        var known = await _engine.Manager.EnrichAsync("before");
        await _engine.Manager.EnrichAsync("after");

        Assert.Equal((PluginState.Fresh, ResultOrigin.L2), (known.Status["crm"].State, known.Status["crm"].Origin));
        await Eventually.True(() => _store.Get("after", "crm") is not null);
    }

    [Fact]
    public async Task EnrichAsync_FailedAndEphemeralResults_AreNeverWritten()
    {
        _engine.Add("once").Answer = static (_, _) => new(Results.Found(ttl: TimeSpan.Zero));
        _crm.Answer = static (_, _) => throw Results.Failure();
        _engine.Add("absent").Answer = static (_, _) => new(EnrichmentResult.NotFound());

        await Enrich();
        await Eventually.True(() => !_store.Writes.IsEmpty);

        Assert.Equal(("absent", false), (Assert.Single(_store.Writes).Plugin, _store.Writes.First().Found));
    }

    [Fact]
    public async Task EnrichAsync_FullWriter_LosesTheWriteAndNotTheResult()
    {
        _store.Full = true;

        Assert.True((await Enrich()).Complete);
        Assert.Empty(_store.Writes);
    }

    [Fact]
    public async Task EnrichAsync_ResultThatCanBeReadOnlyOnce_IsLostToTheTierAndNotToItsCaller()
    {
        _crm.Answer = static (_, _) => new(EnrichmentResult.Found(Results.Enrichment("mine") with { Interests = new OnceOnly() }));
        _engine.Add("other");

        Assert.Equal((2, "mine"), ((await Enrich()).SuccessCount, (await Enrich()).Enrichments["crm"].Demographics!.City));
        await Eventually.True(() => !_store.Writes.IsEmpty);
        _crm.Answer = static (_, _) => new(Results.Found("next"));

        Assert.Equal("next", (await _engine.Manager.EnrichAsync("u2")).Enrichments["crm"].Demographics!.City);
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);
        await Eventually.True(() => _store.Writes.Count == 3);
        Assert.Null(_store.Get("u1", "crm"));
    }

    [Fact]
    public async Task EnrichAsync_AnotherInstance_ReadsWhatWasWritten()
    {
        _crm.Answer = static (_, _) => new(Results.Found("Porto", identities: ("email", "not declared")));
        await Enrich();
        await Eventually.True(() => !_store.Writes.IsEmpty);
        await using var other = new EngineFixture { Store = _store };
        var crm = other.Add("crm");

        var profile = await other.Manager.EnrichAsync("u1");

        Assert.Equal(("Porto", ResultOrigin.L2, 0), (profile.Merged.Demographics!.City, profile.Status["crm"].Origin, crm.Calls));
        Assert.Null(Assert.Single(_store.Writes).Identities);
    }

    [Fact]
    public async Task EnrichAsync_NotFoundRecord_IsServedAsNotFound()
    {
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(1)) with { Payload = default });

        Assert.Equal((PluginState.NotFound, ResultOrigin.L2), ((await Enrich()).Status["crm"].State, (await Enrich()).Status["crm"].Origin));
        Assert.Equal(0, _crm.Calls);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private Task<EnrichedProfile> Enrich() => _engine.Manager.EnrichAsync("u1").AsTask();

    private sealed class OnceOnly : IReadOnlyList<string>
    {
        private int _reads;

        public int Count => 1;

        public string this[int index] => _reads++ == 0 ? "once" : throw new ObjectDisposedException("a document");

        public IEnumerator<string> GetEnumerator()
        {
            yield return this[0];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

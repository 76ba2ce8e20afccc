using FastEnrich.Caching;
using FastEnrich.Pipeline;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Caching;

/// <summary>The bounds of memory, and that its account never drifts.</summary>
public sealed class ProfileTableTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakePlugin _crm;

    public ProfileTableTests() => _crm = _engine.Add("crm", needs: [new("email", true)]);

    private ProfileTable Table => _engine.Manager.Engine.L1;

    [Fact]
    public async Task Count_StreamOfUsers_StaysWithinTheBoundAndAdmitsTheNewest()
    {
        _engine.Options.Engine.L1.MaxEntries = 100;

        for (var i = 0; i < 2_000; i++)
        {
            await _engine.Manager.EnrichAsync($"u{i}");
            Assert.InRange(Table.Count, 1, 100);
            Assert.NotNull(_engine.Manager.Inspect($"u{i}"));
        }

        AssertAccount(2_000);
    }

    [Fact]
    public async Task Count_ExactlyTheBound_DropsNobody()
    {
        _engine.Options.Engine.L1.MaxEntries = 100;
        for (var i = 0; i < 200; i++)
        {
            await _engine.Manager.EnrichAsync($"u{i % 100}");
        }

        Assert.Equal((100, 100), (Table.Count, _crm.Calls));
    }

    [Fact]
    public async Task Count_HotUsersDuringAScan_Survive()
    {
        _engine.Options.Engine.L1.MaxEntries = 100;
        for (var i = 0; i < 3_000; i++)
        {
            await _engine.Manager.EnrichAsync($"hot{i % 20}");
            await _engine.Manager.EnrichAsync($"scan{i}");
        }

        Assert.Equal(20, _crm.Requests.Count(static request => request.UserId.StartsWith("hot", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bytes_ValuesThatGrowAfterInsertion_StayWithinTheBound()
    {
        _engine.Options.Engine.L1.MaxBytes = 512 * 1024;
        _crm.Answer = static (_, _) => new(Results.Found(new string('s', 10)));
        for (var i = 0; i < 100; i++)
        {
            await _engine.Manager.EnrichAsync($"u{i}");
        }

        _crm.Answer = static (_, _) => new(Results.Found(new string('l', 20_000)));
        for (var i = 0; i < 100; i++)
        {
            await _engine.Manager.RefreshAsync($"u{i}");
            Assert.InRange(Table.Bytes, 1, 512 * 1024);
        }

        AssertAccount(100);
    }

    [Fact]
    public async Task Count_EntriesWithFlights_ArePinnedAndLeaveAfterwards()
    {
        _engine.Options.Engine.L1.MaxEntries = 2;
        var gate = new Gate();
        _crm.Answer = gate.Pass;
        var waiting = Enumerable.Range(0, 10).Select(i => _engine.Manager.EnrichAsync($"u{i}").AsTask()).ToArray();
        await gate.Arrivals(10);
        Assert.Equal(10, Table.Count);

        gate.Release(Results.Found());
        await Task.WhenAll(waiting);
        await Eventually.True(() => Table.Count <= 2);

        Assert.Equal(10, _crm.Calls);
        AssertAccount(10);
    }

    [Fact]
    public async Task DecodedBytes_OverTheirShare_AreEncodedBeforeAnybodyIsDropped()
    {
        _engine.Options.Engine.L1.MaxBytes = 400_000;
        _crm.Answer = static (_, _) => new(Results.Found(new string('x', 2_000)));
        var before = new List<byte[]>();

        for (var i = 0; i < 60; i++)
        {
            before.Add(ProfileJson.ToUtf8Bytes(await _engine.Manager.EnrichAsync($"u{i}")));
        }

        Assert.Equal((60, 0), (Table.Count, Table.Evictions));
        Assert.InRange(Table.DecodedBytes, 0, 100_000);
        Assert.Contains(Enumerable.Range(0, 60), i => !_engine.Manager.Inspect($"u{i}")!.Decoded);
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(before[i], ProfileJson.ToUtf8Bytes(await _engine.Manager.EnrichAsync($"u{i}")));
        }

        Assert.Equal(60, _crm.Calls);
        AssertAccount(60);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Profile_HeldWhileItsUserIsDroppedOrForgotten_IsWholeAndUnchanged(bool forgotten)
    {
        var store = new FakeStore();
        store.Put("u0", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "u0"));
        _engine.Store = store;
        _engine.Options.Engine.L1.MaxEntries = 2;
        EnrichedProfile[] held = [await _engine.Manager.EnrichAsync("u0"), await _engine.Manager.EnrichAsync("u1")]; // bytes of the tier, and objects

        if (forgotten)
        {
            await _engine.Manager.ForgetAsync("u0");
            await _engine.Manager.ForgetAsync("u1");
        }

        for (var i = 2; i < 20; i++)
        {
            await _engine.Manager.EnrichAsync($"u{i}");
        }

        Assert.Equal((null, null), (Table.Peek("u0"), Table.Peek("u1")));
        Assert.Equal((ResultOrigin.L2, ResultOrigin.Upstream), (held[0].Status["crm"].Origin, held[1].Status["crm"].Origin));
        Assert.All(held, static profile =>
        {
            Assert.Equal(profile.UserId, profile.Merged.Demographics!.City);
            Assert.Equal(profile.UserId, ProfileJson.Parse(ProfileJson.ToUtf8Bytes(profile))!.Enrichments["crm"].Demographics!.City);
        });
    }

    [Fact]
    public async Task DecodedBytes_ResultThatCanNoLongerBeRead_IsDroppedAndHurtsNobodyElse()
    {
        _engine.Options.Engine.L1.MaxBytes = 400_000;
        var document = System.Text.Json.JsonDocument.Parse("[1]");
        _crm.Answer = (request, _) => new(EnrichmentResult.Found(Results.Enrichment(new string('x', 2_000)) with
        {
            ContextualData = request.UserId == "u0" ? new Dictionary<string, System.Text.Json.JsonElement> { ["a"] = document.RootElement } : null,
        }));
        await _engine.Manager.EnrichAsync("u0");
        document.Dispose(); // its plugin should not have

        for (var i = 1; i < 60; i++)
        {
            Assert.True((await _engine.Manager.EnrichAsync($"u{i}").AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Complete);
        }

        Assert.Empty(_engine.Manager.Inspect("u0")!.Slots);
        AssertAccount(60);
    }

    [Fact]
    public async Task Bytes_RandomUse_AreTheSumOfTheEntries()
    {
        _engine.Store = new FakeStore();
        _engine.Options.Engine.L1.MaxEntries = 30;
        _engine.Options.Engine.L1.MaxBytes = 128 * 1024;
        var random = new Random(7);
        _crm.Answer = (_, _) => random.Next(5) switch
        {
            0 => throw Results.Failure(),
            1 => new(EnrichmentResult.NotFound()),
            2 => new(EnrichmentResult.NotModified()),
            _ => new(Results.Found(new string('x', random.Next(3_000)), TimeSpan.FromSeconds(random.Next(100)))),
        };
        for (var i = 0; i < 4_000; i++)
        {
            var user = $"u{random.Next(60)}";
            switch (random.Next(7))
            {
                case 0: await _engine.Manager.ForgetAsync(user); break;
                case 1: await _engine.Manager.RefreshAsync(user); break;
                case 2: _ = (await _engine.Manager.EnrichAsync(user)).Merged; break;
                case 3: await _engine.Manager.EnrichAsync(new EnrichmentRequest(user, new Dictionary<string, string> { ["email"] = "e" }), new EnrichOptions { UntrustedIdentities = true }); break;
                case 4: await foreach (var _ in _engine.Manager.EnrichManyAsync(new[] { user, "bulk", user }.ToAsyncEnumerable())) { } break;
                case 5: _engine.Time.Advance(TimeSpan.FromSeconds(random.Next(200))); break;
                default: await _engine.Manager.EnrichAsync(user); break;
            }
        }

        await Eventually.True(() => Enumerable.Range(0, 60).All(i => _engine.Manager.Inspect($"u{i}")?.Slots.Values.All(static slot => !slot.InFlight) ?? true));
        AssertAccount(60);
        Assert.InRange(Table.Count, 1, 30);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private void AssertAccount(int users)
    {
        string[] ids = [.. Enumerable.Range(0, users).Select(static i => $"u{i}"), "bulk"];
        ProfileEntry[] entries = [.. ids.Select(Table.Peek).OfType<ProfileEntry>()];

        Assert.Equal(entries.Length, Table.Count);
        Assert.Equal(entries.Sum(static entry => entry.Bytes), Table.Bytes);
        Assert.Equal(entries.Sum(static entry => entry.DecodedBytes), Table.DecodedBytes);
    }
}

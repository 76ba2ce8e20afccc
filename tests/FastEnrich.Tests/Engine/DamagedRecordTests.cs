using System.Text;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>A record that is JSON and yet no enrichment is found out when its objects are used: nobody gets an exception, and the next caller gets the truth.</summary>
public sealed class DamagedRecordTests : IAsyncLifetime
{
    private const string Rest = """ "confidence":0.9,"source":"crm","timestamp":"2030-01-01T00:00:00Z","ttl":300000000000} """;

    private readonly EngineFixture _engine = new();
    private readonly FakeStore _store = new();
    private readonly FakePlugin _crm;

    public DamagedRecordTests()
    {
        _engine.Store = _store;
        _crm = _engine.Add("crm");
    }

    public static TheoryData<string> Payloads =>
    [
        """{"demographics":7,""" + Rest.Trim(),
        """{"demographics":{"age":99999999999999999999},""" + Rest.Trim(),
        """{"demographics":{"age":1e999},""" + Rest.Trim(),
        """{"interests":"x",""" + Rest.Trim(),
        """{"interests":[null],""" + Rest.Trim(),
        """{"behavior_patterns":{"purchase_history":[{"amount":"x"}]},""" + Rest.Trim(),
        """{"behavior_patterns":{"purchase_history":[{"amount":1e400}]},""" + Rest.Trim(),
        """{"behavior_patterns":{"session_duration":99999999999999999999},""" + Rest.Trim(),
        """{"social_connections":{"influence":1e999},""" + Rest.Trim(),
        """{"confidence":"1","source":"crm","timestamp":"2030-01-01T00:00:00Z","ttl":1}""",
        """{"confidence":0.1,"source":"crm","timestamp":"2030-01-01T00:00:00Z","ttl":1}""",
        """{"confidence":0.9,"source":"crm","timestamp":"yesterday","ttl":1}""",
        """{"confidence":0.9,"source":"crm","timestamp":"2030-01-01T00:00:00Z","ttl":-1000}""",
        """{"confidence":0.9,"source":"crm","timestamp":"2030-01-01T00:00:00Z"}""",
        """{"confidence":0.9,"confidence":0.8,"source":"crm","timestamp":"2030-01-01T00:00:00Z","ttl":1}""",
        "{}",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Enrichments_RecordThatIsNoEnrichment_IsEmptyOnceAndThenFetched(string payload)
    {
        Put(payload);

        var damaged = await Enrich();

        Assert.Null(damaged.Enrichments["crm"].Demographics);
        Assert.Null(damaged.Merged.Interests);
        Assert.Equal("u1", (await Enrich()).Enrichments["crm"].Demographics!.City);
        Assert.Equal(1, _crm.Calls);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task ToUtf8Bytes_RecordThatIsNoEnrichment_KeepsTheContractOfTheWire(string payload)
    {
        Put(payload);

        var profile = await Enrich();

        Assert.Equal("crm", Assert.Single(ProfileJson.Parse(ProfileJson.ToUtf8Bytes(profile))!.Enrichments).Key);
        Assert.Equal("crm", Assert.Single(ProfileJson.Parse(ProfileJson.ToUtf8Bytes(profile))!.Enrichments).Key);
    }

    [Fact]
    public async Task Enrichments_GoodRecord_IsDecodedOnFirstUse()
    {
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow(), TimeSpan.FromMinutes(5), "Porto"));

        var profile = await Enrich();

        Assert.Equal((0.9, 1), (profile.OverallConfidence, profile.SuccessCount));
        Assert.Equal("Porto", profile.Enrichments["crm"].Demographics!.City);
        Assert.Equal(0, _crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_StaleAndDamagedRecord_IsNoPreviousResult()
    {
        Put("""{"demographics":7,""" + Rest.Trim(), age: TimeSpan.FromMinutes(6));
        _crm.Answer = static (_, _) => new(EnrichmentResult.NotModified());

        await Enrich();
        await Eventually.True(() => _crm.Calls == 1 && !_engine.Manager.Inspect("u1")!.Slots["crm"].InFlight);

        Assert.Null(_crm.Requests[0].Previous);
        Assert.Empty(_store.Writes);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private void Put(string payload, TimeSpan age = default) =>
        _store.Put("u1", FakeStore.Record(_engine.Time.GetUtcNow() - age, TimeSpan.FromMinutes(5)) with { Payload = Encoding.UTF8.GetBytes(payload) });

    private Task<EnrichedProfile> Enrich() => _engine.Manager.EnrichAsync("u1").AsTask();
}

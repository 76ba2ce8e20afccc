using FastEnrich.Plugins.Crm.Pipedrive;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>The plugin against the simulator, over real connections.</summary>
public sealed class PipedriveServerTests : IAsyncLifetime
{
    private PipedriveSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await PipedriveSimulator.StartAsync(new PipedriveSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        var users = Enumerable.Range(0, 1000).Select(_simulator.Population.GetUser).ToList();
        _user = users.First(user => user.KnownTo.Contains(SimulatedSystem.Pipedrive) && user.Deals.Count(deal => deal.Stage == "closedwon") > 1 && user.XUsername is not null && user.Interests.Count > 0 && user.Index % 8 > 2);
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Pipedrive));
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task EnrichAsync_ById_MapsThePerson()
    {
        var plugin = PipedriveFixture.Plugin(_simulator);
        await plugin.ConnectAsync(default);

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);

        var enrichment = result.Enrichment!;
        Assert.Equal((_user.City.CountryCode, _user.JobTitle, _user.Gender), (enrichment.Demographics!.Country, enrichment.Demographics.Occupation, enrichment.Demographics.Gender));
        Assert.Equal((_user.LeadScore, _user.Company), (enrichment.ContextualData!["lead_score"].GetInt32(), enrichment.ContextualData["company"].GetString()));
        Assert.Equal(_user.Interests, enrichment.Interests);
        var won = _user.Deals.Where(deal => deal.Stage == "closedwon").ToList();
        Assert.Equal(won.Select(deal => (deal.Amount, (string?)deal.Category, (string?)deal.Source.ToLowerInvariant())).Order(), enrichment.BehaviorPatterns!.PurchaseHistory!.Select(p => (p.Amount, p.Category, p.Channel)).Order());
        Assert.Equal((_user.Email, _user.Id, _user.XUsername), (result.Identities!["email"], result.Identities["pipedrive_id"], result.Identities["x_username"]));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("email")]
    [InlineData("c0ffee0000000000000000000000000000000001")]
    public async Task EnrichAsync_AnyLookup_FindsTheSamePerson(string lookupBy)
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id, new Dictionary<string, string> { ["email"] = _user.Email.ToUpperInvariant(), ["pipedrive_id"] = _user.Id }), default);

        Assert.Equal(_user.Id, result.Identities!["pipedrive_id"]);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("email")]
    [InlineData("c0ffee0000000000000000000000000000000001")]
    public async Task EnrichAsync_UnknownUser_IsNotFound(string lookupBy)
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_stranger.Id, new Dictionary<string, string> { ["email"] = _stranger.Email }), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
    }

    [Theory]
    [InlineData("id", 25)]
    [InlineData("email", 10)]
    [InlineData("c0ffee0000000000000000000000000000000001", 10)]
    public async Task EnrichBatchAsync_Users_GivesEachWhatASingleCallGives(string lookupBy, int count)
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });
        var requests = Enumerable.Range(0, count).Select(_simulator.Population.GetUser).Select(user => new EnrichmentRequest(user.Id, new Dictionary<string, string> { ["email"] = user.Email })).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.Equal((1, 1), (_simulator.RequestCounts["persons"], _simulator.RequestCounts["organizations"]));
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal((single.Kind, Text(single)), (results.GetResult(i).Kind, Text(results.GetResult(i))));
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_PersonsAlone_AreOneRequestForAHundred()
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { Capabilities = [] });
        var results = new BatchResults(100);

        await plugin.EnrichBatchAsync([.. _simulator.Population.UserIds.Take(100).Select(id => new EnrichmentRequest(id))], results, default);

        Assert.Equal((1, 10), (_simulator.RequestCount, _simulator.TokensUsed));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(_simulator.Population.GetUser(i).KnownTo.Contains(SimulatedSystem.Pipedrive) ? EnrichmentResultKind.Found : EnrichmentResultKind.NotFound, results.GetResult(i).Kind));
    }

    [Fact]
    public async Task EnrichAsync_Credits_AreWhatTheServerCounts()
    {
        var context = PipedriveFixture.Context(UpstreamClient.CreateHandler());
        var plugin = new PipedrivePlugin(PipedriveFixture.Options(_simulator) with { LookupBy = "email" }, context);
        await plugin.ConnectAsync(default);

        foreach (var user in Enumerable.Range(0, 30).Select(_simulator.Population.GetUser))
        {
            await plugin.EnrichAsync(new EnrichmentRequest(user.Email), default);
        }

        Assert.Equal((_simulator.TokensUsed, _simulator.RequestCount), (context.Upstream.Usage.Credits, context.Upstream.Usage.Requests));
    }

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task EnrichAsync_OddId_IsNotFoundAndLeavesTheRoute(string lookupBy, string userId)
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(userId), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
        Assert.DoesNotContain("unknown", _simulator.RequestCounts.Keys);
    }

    public static TheoryData<string, string> OddIds()
    {
        string[] ids = ["/", "..", ".", "a/b", "../persons", "%2F", "%252F", "a\"b'c", "a\nb", "a\0b", "\U0001F600", new string('x', 512), "1,2", "1&ids=2", "?x=1", "#", "\\", " ", "007", "-1", "1e3", new string('9', 19)];
        TheoryData<string, string> data = [];
        foreach (var id in ids)
        {
            data.Add("id", id);
            data.Add("email", id);
            data.Add("c0ffee0000000000000000000000000000000001", id);
        }

        return data;
    }

    private static string Text(EnrichmentResult result) =>
        result.Enrichment is null ? "" : System.Text.Json.JsonSerializer.Serialize(result.Enrichment with { Timestamp = default, Ttl = TimeSpan.Zero }, FastEnrichJsonContext.Default.UserEnrichment);
}

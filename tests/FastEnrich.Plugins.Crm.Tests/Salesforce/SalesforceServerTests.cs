using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Simulators;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>The plugin against the simulator, over real connections.</summary>
public sealed class SalesforceServerTests : IAsyncLifetime
{
    private SalesforceSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        var users = Enumerable.Range(0, 1000).Select(_simulator.Population.GetUser).ToList();
        _user = users.First(user => user.KnownTo.Contains(SimulatedSystem.Salesforce) && user.Deals.Count(deal => deal.Stage == "closedwon") > 1 && user.XUsername is not null && user.FacebookId is not null);
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Salesforce));
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task EnrichAsync_ByExternalId_MapsTheContact()
    {
        var result = await SalesforceFixture.Plugin(_simulator).EnrichAsync(new EnrichmentRequest(_user.Id), default);

        var enrichment = result.Enrichment!;
        Assert.Equal((_user.JobTitle, _user.City.CountryCode, _user.City.Name), (enrichment.Demographics!.Occupation, enrichment.Demographics.Country, enrichment.Demographics.City));
        Assert.Equal(_user.LeadScore, enrichment.ContextualData!["lead_score"].GetInt32());
        Assert.Equal((_user.Company, _user.LifecycleStage), (enrichment.ContextualData["company"].GetString(), enrichment.ContextualData["lifecycle_stage"].GetString()));
        Assert.Equal(_user.Interests, enrichment.Interests ?? []);
        var won = _user.Deals.Where(deal => deal.Stage == "closedwon").ToList();
        Assert.Equal(won.Select(deal => (deal.Product, deal.Amount, deal.Currency)).Order(), enrichment.BehaviorPatterns!.PurchaseHistory!.Select(p => (p.ProductId!, p.Amount, p.Currency!)).Order());
        Assert.Equal((_user.Email, _user.SalesforceId, _user.XUsername, _user.FacebookId), (result.Identities!["email"], result.Identities["salesforce_id"], result.Identities["x_username"], result.Identities["facebook_id"]));
    }

    [Theory]
    [InlineData("id", "salesforce_id")]
    [InlineData("email", "email")]
    public async Task EnrichAsync_ByIdentity_FindsTheSameContact(string lookupBy, string identity)
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });
        var value = identity == "email" ? _user.Email.ToUpperInvariant() : _user.SalesforceId[..15];

        var result = await plugin.EnrichAsync(new EnrichmentRequest("somebody", new Dictionary<string, string> { [identity] = value }), default);

        Assert.Equal(_user.SalesforceId, result.Identities!["salesforce_id"]);
        Assert.Equal(_user.Company, result.Enrichment!.ContextualData!["company"].GetString());
    }

    [Theory]
    [InlineData("id")]
    [InlineData("email")]
    [InlineData("Customer_Id__c")]
    public async Task EnrichAsync_Stranger_IsNotFound(string lookupBy)
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });
        var request = new EnrichmentRequest(_stranger.Id, new Dictionary<string, string> { ["salesforce_id"] = _stranger.SalesforceId, ["email"] = _stranger.Email });

        Assert.Equal(EnrichmentResultKind.NotFound, (await plugin.EnrichAsync(request, default)).Kind);
    }

    [Theory]
    [InlineData("id", "contacts", 1)]
    [InlineData("email", "batch", 0)]
    [InlineData("Customer_Id__c", "query", 0)]
    public async Task EnrichBatchAsync_HundredUsers_GivesEachWhatASingleCallGives(string lookupBy, string route, int contacts)
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });
        var requests = Enumerable.Range(0, 100).Select(_simulator.Population.GetUser)
            .Select(user => new EnrichmentRequest(user.Id, new Dictionary<string, string> { ["salesforce_id"] = user.SalesforceId, ["email"] = user.Email })).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.InRange(_simulator.RequestCount, 3, 4); // a token, the contacts, what belongs to them
        Assert.Equal(contacts, _simulator.RequestCounts.GetValueOrDefault("contacts"));
        Assert.Contains(route, _simulator.RequestCounts.Keys);
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal(single.Kind, results.GetResult(i).Kind);
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
            Assert.Equal(Text(single), Text(results.GetResult(i)));
        }
    }

    private static string Text(EnrichmentResult result) =>
        result.Enrichment is null ? "" : System.Text.Json.JsonSerializer.Serialize(result.Enrichment with { Timestamp = default }, FastEnrichJsonContext.Default.UserEnrichment);
}

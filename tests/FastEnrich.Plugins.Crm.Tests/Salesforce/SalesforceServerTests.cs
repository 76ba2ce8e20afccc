using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>The plugin against the simulator: lookups, batches, pages, odd ids.</summary>
public sealed class SalesforceServerTests : SalesforceServer
{
    [Fact]
    public async Task EnrichAsync_ByExternalId_MapsTheContact()
    {
        var result = await SalesforceFixture.Plugin(Simulator).EnrichAsync(new EnrichmentRequest(User.Id), default);

        var enrichment = result.Enrichment!;
        Assert.Equal((User.JobTitle, User.City.CountryCode, User.City.Name), (enrichment.Demographics!.Occupation, enrichment.Demographics.Country, enrichment.Demographics.City));
        Assert.Equal(User.LeadScore, enrichment.ContextualData!["lead_score"].GetInt32());
        Assert.Equal((User.Company, User.LifecycleStage), (enrichment.ContextualData["company"].GetString(), enrichment.ContextualData["lifecycle_stage"].GetString()));
        Assert.Equal(User.Interests, enrichment.Interests ?? []);
        var won = User.Deals.Where(deal => deal.Stage == "closedwon").ToList();
        Assert.Equal(won.Select(deal => (deal.Product, deal.Amount, deal.Currency)).Order(), enrichment.BehaviorPatterns!.PurchaseHistory!.Select(p => (p.ProductId!, p.Amount, p.Currency!)).Order());
        Assert.Equal((User.Email, User.SalesforceId, User.XUsername, User.FacebookId), (result.Identities!["email"], result.Identities["salesforce_id"], result.Identities["x_username"], result.Identities["facebook_id"]));
    }

    [Theory]
    [InlineData("id", "salesforce_id")]
    [InlineData("email", "email")]
    public async Task EnrichAsync_ByIdentity_FindsTheSameContact(string lookupBy, string identity)
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { LookupBy = lookupBy });
        var value = identity == "email" ? User.Email.ToUpperInvariant() : User.SalesforceId[..15];

        var result = await plugin.EnrichAsync(new EnrichmentRequest("somebody", new Dictionary<string, string> { [identity] = value }), default);

        Assert.Equal(User.SalesforceId, result.Identities!["salesforce_id"]);
        Assert.Equal(User.Company, result.Enrichment!.ContextualData!["company"].GetString());
    }

    [Theory]
    [InlineData("id")]
    [InlineData("email")]
    [InlineData("Customer_Id__c")]
    public async Task EnrichAsync_Stranger_IsNotFound(string lookupBy)
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { LookupBy = lookupBy });
        var request = new EnrichmentRequest(Stranger.Id, new Dictionary<string, string> { ["salesforce_id"] = Stranger.SalesforceId, ["email"] = Stranger.Email });

        Assert.Equal(EnrichmentResultKind.NotFound, (await plugin.EnrichAsync(request, default)).Kind);
    }

    [Theory]
    [InlineData("id", "contacts", 1)]
    [InlineData("email", "batch", 0)]
    [InlineData("Customer_Id__c", "query", 0)]
    public async Task EnrichBatchAsync_HundredUsers_GivesEachWhatASingleCallGives(string lookupBy, string route, int contacts)
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { LookupBy = lookupBy });
        var requests = Enumerable.Range(0, 100).Select(Simulator.Population.GetUser)
            .Select(user => new EnrichmentRequest(user.Id, new Dictionary<string, string> { ["salesforce_id"] = user.SalesforceId, ["email"] = user.Email })).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.InRange(Simulator.RequestCount, 3, 4); // a token, the contacts, what belongs to them
        Assert.Equal(contacts, Simulator.RequestCounts.GetValueOrDefault("contacts"));
        Assert.Contains(route, Simulator.RequestCounts.Keys);
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal(single.Kind, results.GetResult(i).Kind);
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
            Assert.Equal(Text(single), Text(results.GetResult(i)));
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_SmallPages_BringTheSame()
    {
        await using var paged = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = Simulator.Population, PageSize = 7 });
        var requests = Enumerable.Range(0, 30).Select(Simulator.Population.GetUser).Select(user => new EnrichmentRequest(user.Id)).ToList();
        var (whole, inPages) = (new BatchResults(30), new BatchResults(30));

        await SalesforceFixture.Plugin(Simulator).EnrichBatchAsync(requests, whole, default);
        await SalesforceFixture.Plugin(paged).EnrichBatchAsync(requests, inPages, default);

        Assert.True(paged.RequestCounts["query_more"] > 3);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => Text(whole.GetResult(i))), Enumerable.Range(0, 30).Select(i => Text(inPages.GetResult(i))));
    }

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task EnrichAsync_OddId_IsNotFoundAndLeavesTheRoute(string lookupBy, string userId)
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { LookupBy = lookupBy });
        var results = new BatchResults(2);

        var single = await plugin.EnrichAsync(new EnrichmentRequest(userId), default);
        await plugin.EnrichBatchAsync([new(userId), new(lookupBy == "email" ? User.Email : lookupBy == "id" ? User.SalesforceId : User.Id)], results, default);

        Assert.Equal((EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.Found), (single.Kind, results.GetResult(0).Kind, results.GetResult(1).Kind));
        Assert.DoesNotContain("unknown", Simulator.RequestCounts.Keys);
    }

    public static TheoryData<string, string> OddIds()
    {
        string[] ids =
        [
            "/", "..", ".", "a/b", "../limits", "%2F", "%252F", "a\"b'c", "a\nb", "a\0b", "\U0001F600", new string('x', 512), "?fields=Id", "#", "\\", " ", "x.json", "x.inc",
            "' OR Email LIKE '%", "') OR (Email = 'x", "\\' OR Id != '", "%27) OR (Id != %27", "\\u0027) OR (Id != \\u0027", "x'--@example.org", "a\\'@example.org", "'@example.org", "%@example.org",
        ];
        TheoryData<string, string> data = [];
        foreach (var id in ids)
        {
            data.Add("id", id);
            data.Add("email", id);
            data.Add("Customer_Id__c", id);
        }

        return data;
    }
}

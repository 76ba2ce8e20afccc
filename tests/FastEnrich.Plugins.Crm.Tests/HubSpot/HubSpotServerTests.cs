using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>The plugin against the simulator, over real connections.</summary>
public sealed class HubSpotServerTests : IAsyncLifetime
{
    private HubSpotSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        var users = Enumerable.Range(0, 1000).Select(_simulator.Population.GetUser).ToList();
        _user = users.First(user => user.KnownTo.Contains(SimulatedSystem.HubSpot) && user.Deals.Count(deal => deal.Stage == "closedwon") > 1 && user.XUsername is not null);
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.HubSpot));
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task EnrichAsync_ById_MapsTheContact()
    {
        var plugin = HubSpotFixture.Plugin(_simulator);

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);

        var enrichment = result.Enrichment!;
        Assert.Equal(_user.City.CountryCode, enrichment.Demographics!.Country);
        Assert.Equal(_user.JobTitle, enrichment.Demographics.Occupation);
        Assert.Equal(_user.LeadScore, enrichment.ContextualData!["lead_score"].GetInt32());
        Assert.Equal(_user.PageViews, enrichment.BehaviorPatterns!.PageViews);
        Assert.Equal(_user.Interests, enrichment.Interests ?? []);
        Assert.Equal(_user.Deals.Where(deal => deal.Stage == "closedwon").Select(deal => deal.Product).Order(), enrichment.BehaviorPatterns.PurchaseHistory!.Select(p => p.ProductId).Order());
        Assert.Equal((_user.Email, _user.Id, _user.XUsername), (result.Identities!["email"], result.Identities["hubspot_id"], result.Identities["x_username"]));
    }

    [Fact]
    public async Task EnrichAsync_HubSpotIdIdentity_OutranksTheUserId()
    {
        var plugin = HubSpotFixture.Plugin(_simulator);

        var result = await plugin.EnrichAsync(new EnrichmentRequest("somebody", new Dictionary<string, string> { ["hubspot_id"] = _user.Id }), default);

        Assert.Equal(_user.Email, result.Identities!["email"]);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("customer_id")]
    public async Task EnrichAsync_ByProperty_FindsTheSameContact(string lookupBy)
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id, new Dictionary<string, string> { ["email"] = _user.Email.ToUpperInvariant() }), default);

        Assert.Equal(_user.Id, result.Identities!["hubspot_id"]);
    }

    [Fact]
    public async Task EnrichAsync_UnknownUser_IsNotFound()
    {
        var plugin = HubSpotFixture.Plugin(_simulator);

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_stranger.Id), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
    }

    [Fact]
    public async Task EnrichBatchAsync_HundredUsers_GivesEachWhatASingleCallGives()
    {
        var plugin = HubSpotFixture.Plugin(_simulator);
        var requests = _simulator.Population.UserIds.Take(100).Select(id => new EnrichmentRequest(id)).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.Equal(1, _simulator.RequestCounts["contacts_batch"]);
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal(single.Kind, results.GetResult(i).Kind);
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
            Assert.Equal(Text(single), Text(results.GetResult(i)));
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_SameEmailInOtherCase_AsksOnceAndAnswersBoth()
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { LookupBy = "email" });
        var results = new BatchResults(3);

        await plugin.EnrichBatchAsync([new(_user.Email), new(_user.Email.ToUpperInvariant()), new("no e-mail")], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.Found, EnrichmentResultKind.NotFound], Enumerable.Range(0, 3).Select(i => results.GetResult(i).Kind));
        Assert.Equal(TimeSpan.Zero, results.GetResult(2).Ttl);
    }

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task EnrichAsync_OddId_IsNotFoundAndLeavesTheRoute(string lookupBy, string userId)
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(userId), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
        Assert.DoesNotContain("unknown", _simulator.RequestCounts.Keys);
    }

    public static TheoryData<string, string> OddIds()
    {
        string[] ids = ["/", "..", ".", "a/b", "../batch/read", "%2F", "%252F", "a\"b'c", "a\nb", "a\0b", "\U0001F600", new string('x', 512), "?properties=x", "#", "\\", " "];
        TheoryData<string, string> data = [];
        foreach (var id in ids)
        {
            data.Add("id", id);
            data.Add("email", id);
            data.Add("customer_id", id);
        }

        return data;
    }

    [Theory]
    [InlineData(nameof(SimulatedFault.ServerError), PluginErrorCode.ConnectionError, true, null)]
    [InlineData(nameof(SimulatedFault.Unavailable), PluginErrorCode.ConnectionError, true, null)]
    [InlineData(nameof(SimulatedFault.GatewayTimeout), PluginErrorCode.TimeoutError, true, null)]
    [InlineData("unauthorized", PluginErrorCode.AuthError, false, null)]
    [InlineData("missing_scopes", PluginErrorCode.AuthError, false, null)]
    [InlineData("rate_limit", PluginErrorCode.RateLimitError, true, 10)]
    [InlineData("rate_limit_with_retry_after", PluginErrorCode.RateLimitError, true, 7)]
    [InlineData("rate_limit_secondly", PluginErrorCode.RateLimitError, true, 1)]
    [InlineData("daily_limit", PluginErrorCode.QuotaExceeded, false, null)]
    [InlineData("locked", PluginErrorCode.RateLimitError, true, 2)]
    [InlineData("migrating", PluginErrorCode.ConnectionError, true, 86400)]
    [InlineData(nameof(SimulatedFault.Redirect), PluginErrorCode.InvalidConfig, false, null)]
    [InlineData(nameof(SimulatedFault.MalformedBody), PluginErrorCode.InvalidResponse, false, null)]
    [InlineData(nameof(SimulatedFault.TruncatedJson), PluginErrorCode.InvalidResponse, false, null)]
    [InlineData(nameof(SimulatedFault.BrokenConnection), PluginErrorCode.ConnectionError, true, null)]
    [InlineData(nameof(SimulatedFault.HugeBody), PluginErrorCode.InvalidResponse, false, null)]
    [InlineData(nameof(SimulatedFault.CompressedBomb), PluginErrorCode.InvalidResponse, false, null)]
    public async Task EnrichAsync_Fault_HasItsCodeAndNothingOfTheBody(string fault, PluginErrorCode code, bool retryable, int? wait)
    {
        const string planted = "planted.person@example.com pat-secret-0815";
        foreach (var batch in new[] { false, true })
        {
            var plugin = HubSpotFixture.Plugin(_simulator); // a limit stops what comes after it
            HubSpotFixture.FailNext(_simulator, fault, planted);

            var failure = await Assert.ThrowsAsync<PluginException>(async () =>
            {
                if (batch)
                {
                    await plugin.EnrichBatchAsync([new(_user.Id)], new BatchResults(1), default);
                }
                else
                {
                    await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);
                }
            });

            Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
            Assert.Equal(wait, failure.RetryAfter?.TotalSeconds);
            Assert.DoesNotContain(["planted", "0815", _user.Id, _user.Email, _simulator.Token], failure.ToString().Contains);
        }
    }

    [Fact]
    public async Task EnrichAsync_OAuth_RenewsAnExpiredTokenAndKeepsARotatedRefreshToken()
    {
        var plugin = HubSpotFixture.Plugin(_simulator, OAuth);
        _simulator.Tokens.Rotates = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default)).Kind);
            _simulator.Tokens.ExpireAll();
        }

        Assert.Equal((3, 3), (_simulator.Tokens.Issued, _simulator.RequestCounts["token"]));
    }

    [Theory]
    [InlineData("invalid_grant", PluginErrorCode.AuthError)]
    [InlineData("invalid_client", PluginErrorCode.InvalidConfig)]
    [InlineData("server_error", PluginErrorCode.ConnectionError)]
    public async Task EnrichAsync_OAuthRefused_HasItsCodeAndRests(string error, PluginErrorCode code)
    {
        var plugin = HubSpotFixture.Plugin(_simulator, OAuth);
        _simulator.Tokens.FailNext(error);

        var first = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));
        await Record.ExceptionAsync(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((code, 1), (first.Code, _simulator.RequestCounts["token"]));
        Assert.DoesNotContain(["hubspot-client", "hubspot-refresh", _user.Id], first.ToString().Contains);
    }

    [Fact]
    public async Task EnrichAsync_AllCapabilities_MapsWhatTheSimulatorHas()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SimulatedPopulation.Epoch);
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { Capabilities = Enum.GetValues<HubSpotCapability>() }, time);
        var results = new BatchResults(50);

        await plugin.EnrichBatchAsync([.. _simulator.Population.UserIds.Take(50).Select(id => new EnrichmentRequest(id))], results, default);

        var found = Enumerable.Range(0, 50).Select(i => results.GetResult(i)).Where(result => result.Kind == EnrichmentResultKind.Found).ToList();
        Assert.Contains(found, result => result.Enrichment!.BehaviorPatterns!.EngagementMetrics!.ContainsKey("interactions"));
        Assert.All(found, result => Assert.InRange(result.Enrichment!.BehaviorPatterns!.EngagementMetrics!["recent_page_views"].GetInt32(), 1, 300));
        Assert.Equal(found.Count, _simulator.RequestCounts["events"] - found.Count(result => result.Enrichment!.BehaviorPatterns!.EngagementMetrics!["recent_page_views"].GetInt32() > 100) - found.Count(result => result.Enrichment!.BehaviorPatterns!.EngagementMetrics!["recent_page_views"].GetInt32() > 200));
    }

    [Fact]
    public async Task EnrichAsync_HangingUpstream_TimesOutByTheOption()
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { Timeout = 1 });
        _simulator.FailNext(SimulatedFault.Hang);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(PluginErrorCode.TimeoutError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        var plugin = HubSpotFixture.Plugin(_simulator);
        using var flight = new CancellationTokenSource();
        _simulator.FailNext(SimulatedFault.Hang);

        var call = plugin.EnrichAsync(new EnrichmentRequest(_user.Id), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task EnrichAsync_WrongToken_IsAnAuthError()
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { ApiKey = "pat-wrong" });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((PluginErrorCode.AuthError, "HTTP 401, INVALID_AUTHENTICATION"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task EnrichAsync_WrongPrefix_IsInvalidConfigAndNotAMissingUser()
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { PathPrefix = "/crm/objects/2099-01" });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_WithoutDeals_TakesTheRecentOneFromTheContact()
    {
        var plugin = HubSpotFixture.Plugin(_simulator, options => options with { Capabilities = [], DefaultCurrency = "EUR" });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);

        var purchase = Assert.Single(result.Enrichment!.BehaviorPatterns!.PurchaseHistory!);
        Assert.Equal((_user.Deals.Last(deal => deal.Stage == "closedwon").Amount, "EUR"), (purchase.Amount, purchase.Currency));
        Assert.Equal(["contact"], _simulator.RequestCounts.Keys);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("unauthorized", false)]
    [InlineData(nameof(SimulatedFault.ServerError), false)]
    [InlineData(nameof(SimulatedFault.BrokenConnection), false)]
    [InlineData("missing_scopes", null)]
    [InlineData("rate_limit", null)]
    public async Task CheckHealthAsync_Answer_IsHealthOrNoOpinion(string? fault, bool? healthy)
    {
        var plugin = HubSpotFixture.Plugin(_simulator);
        if (fault is not null)
        {
            HubSpotFixture.FailNext(_simulator, fault);
        }

        Assert.Equal(healthy, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public async Task EnrichAsync_NobodyListens_IsAConnectionError()
    {
        var plugin = HubSpotFixture.Plugin(_simulator);
        await _simulator.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("127.0.0.1", failure.ToString());
    }

    private HubSpotOptions OAuth(HubSpotOptions options) => options with
    {
        ApiKey = "",
        ClientId = _simulator.OAuthConfiguration["client_id"],
        ClientSecret = _simulator.OAuthConfiguration["client_secret"],
        RefreshToken = _simulator.OAuthConfiguration["refresh_token"],
    };

    private static string Text(EnrichmentResult result) =>
        result.Enrichment is null ? "" : System.Text.Json.JsonSerializer.Serialize(result.Enrichment with { Timestamp = default, Ttl = TimeSpan.Zero }, FastEnrichJsonContext.Default.UserEnrichment);
}

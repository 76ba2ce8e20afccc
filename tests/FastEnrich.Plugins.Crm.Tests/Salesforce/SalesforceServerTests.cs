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

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task EnrichAsync_OddId_IsNotFoundAndLeavesTheRoute(string lookupBy, string userId)
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy });
        var results = new BatchResults(2);

        var single = await plugin.EnrichAsync(new EnrichmentRequest(userId), default);
        await plugin.EnrichBatchAsync([new(userId), new(lookupBy == "email" ? _user.Email : lookupBy == "id" ? _user.SalesforceId : _user.Id)], results, default);

        Assert.Equal((EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound, EnrichmentResultKind.Found), (single.Kind, results.GetResult(0).Kind, results.GetResult(1).Kind));
        Assert.DoesNotContain("unknown", _simulator.RequestCounts.Keys);
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

    [Theory]
    [InlineData("ServerError", PluginErrorCode.ConnectionError, true)]
    [InlineData("Unavailable", PluginErrorCode.ConnectionError, true)]
    [InlineData("GatewayTimeout", PluginErrorCode.TimeoutError, true)]
    [InlineData("Redirect", PluginErrorCode.InvalidConfig, false)]
    [InlineData("MalformedBody", PluginErrorCode.InvalidResponse, false)]
    [InlineData("TruncatedJson", PluginErrorCode.InvalidResponse, false)]
    [InlineData("BrokenConnection", PluginErrorCode.ConnectionError, true)]
    [InlineData("HugeBody", PluginErrorCode.InvalidResponse, false)]
    [InlineData("CompressedBomb", PluginErrorCode.InvalidResponse, false)]
    [InlineData("server_unavailable", PluginErrorCode.ConnectionError, true)]
    [InlineData("invalid_auth_header", PluginErrorCode.AuthError, false)]
    [InlineData("insufficient_access", PluginErrorCode.AuthError, false)]
    [InlineData("api_disabled", PluginErrorCode.AuthError, false)]
    [InlineData("api_currently_disabled", PluginErrorCode.AuthError, false)]
    [InlineData("rate_limit", PluginErrorCode.RateLimitError, true)]
    [InlineData("daily_limit", PluginErrorCode.QuotaExceeded, false)]
    [InlineData("external_id_field", PluginErrorCode.InvalidConfig, false)]
    [InlineData("malformed_query", PluginErrorCode.InvalidConfig, false)]
    [InlineData("invalid_field", PluginErrorCode.InvalidConfig, false)]
    [InlineData("invalid_type", PluginErrorCode.InvalidConfig, false)]
    [InlineData("uri_too_long", PluginErrorCode.InvalidConfig, false)]
    [InlineData("query_timeout", PluginErrorCode.TimeoutError, true)]
    [InlineData("request_running_too_long", PluginErrorCode.TimeoutError, true)]
    public async Task EnrichAsync_Fault_HasItsCodeNothingOfTheBodyAndPasses(string fault, PluginErrorCode code, bool retryable)
    {
        const string planted = "planted.person@example.com token-secret-0815";
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var plugin = SalesforceFixture.Plugin(_simulator, timeProvider: time);
        foreach (var batch in new[] { false, true })
        {
            SalesforceFixture.FailNext(_simulator, fault, planted);

            var failure = await Assert.ThrowsAsync<PluginException>(async () => await EnrichAsync(plugin, batch));

            Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
            Assert.DoesNotContain(["planted", "0815", _user.Id, _user.Email, _user.SalesforceId, "salesforce-access", "127.0.0.1"], failure.ToString().Contains);
            time.Advance(TimeSpan.FromMinutes(15)); // as long as a limit rests
            Assert.Equal(EnrichmentResultKind.Found, await EnrichAsync(plugin, batch));
        }
    }

    [Theory]
    [InlineData("not_found")]
    [InlineData("entity_is_deleted")]
    [InlineData("malformed_id")]
    [InlineData("multiple_choices")]
    public async Task EnrichAsync_NoSingleRecord_IsNotFound(string fault)
    {
        SalesforceFixture.FailNext(_simulator, fault);

        Assert.Equal(EnrichmentResultKind.NotFound, (await SalesforceFixture.Plugin(_simulator).EnrichAsync(new EnrichmentRequest(_user.Id), default)).Kind);
    }

    [Theory]
    [InlineData("query_timeout", PluginErrorCode.TimeoutError)]
    [InlineData("invalid_type", PluginErrorCode.InvalidConfig)]
    [InlineData("daily_limit", PluginErrorCode.QuotaExceeded)]
    [InlineData("server_error", PluginErrorCode.ConnectionError)]
    public async Task EnrichAsync_OneQueryOfABatchFails_HasItsCode(string fault, PluginErrorCode code)
    {
        _simulator.FailNextSubrequest(fault);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(_simulator).EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(code, failure.Code);
    }

    [Theory]
    [InlineData(SalesforceAuthentication.ClientCredentials)]
    [InlineData(SalesforceAuthentication.RefreshToken)]
    [InlineData(SalesforceAuthentication.JwtBearer)]
    [InlineData(SalesforceAuthentication.AccessToken)]
    public async Task EnrichAsync_AnyGrant_GetsIn(SalesforceAuthentication authentication)
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with
        {
            Authentication = authentication,
            RefreshToken = _simulator.Tokens.RefreshToken,
            Username = "integration@example.org",
            PrivateKey = _simulator.Tokens.PrivateKeyPem,
            AccessToken = _simulator.Tokens.Issue(),
            InstanceUrl = _simulator.BaseUrl,
        });

        await plugin.ConnectAsync(default);

        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default)).Kind);
        Assert.Equal(authentication == SalesforceAuthentication.AccessToken ? 0 : 1, _simulator.RequestCounts.GetValueOrDefault("token"));
    }

    [Fact]
    public async Task ConnectAsync_StatementOfAnotherKey_IsAnAuthError()
    {
        using var other = System.Security.Cryptography.RSA.Create(2048);
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { Authentication = SalesforceAuthentication.JwtBearer, Username = "integration@example.org", PrivateKey = other.ExportPkcs8PrivateKeyPem() });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.ConnectAsync(default));

        Assert.Equal(PluginErrorCode.AuthError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_ExpiredSession_GetsANewTokenForAllWhoWait()
    {
        var plugin = SalesforceFixture.Plugin(_simulator);
        await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);
        _simulator.Tokens.ExpireAll();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default).AsTask()));

        Assert.All(results, result => Assert.Equal(EnrichmentResultKind.Found, result.Kind));
        Assert.Equal(2, _simulator.Tokens.Issued);
    }

    [Fact]
    public async Task EnrichAsync_SessionThatStaysExpired_IsAnAuthErrorAfterOneRetry()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var plugin = SalesforceFixture.Plugin(_simulator, timeProvider: time);
        _simulator.FailNext("expired_session", times: 2);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((PluginErrorCode.AuthError, false), (failure.Code, failure.Retryable));
        Assert.Equal(2, _simulator.RequestCounts["contact_by_external_id"]);
        time.Advance(TimeSpan.FromMinutes(1)); // new tokens rest, too, when they are refused
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_InstanceElsewhere_IsRefusedAndGetsNoToken()
    {
        await using var elsewhere = await SalesforceSimulator.StartAsync();
        _simulator.InstanceUrl = elsewhere.BaseUrl;

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(_simulator).EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.Equal(0, elsewhere.RequestCount);
    }

    [Fact]
    public async Task EnrichAsync_InstanceElsewhereThatIsListed_IsAsked()
    {
        await using var elsewhere = await SalesforceSimulator.StartAsync();
        _simulator.InstanceUrl = elsewhere.BaseUrl;
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { InstanceHosts = [new Uri(elsewhere.BaseUrl).Authority] });

        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default)); // it does not know the other server's tokens

        Assert.Equal(2, elsewhere.RequestCounts["contact_by_external_id"]); // once more with a new token
    }

    [Fact]
    public async Task ConnectAsync_VersionThatIsNotOffered_IsInvalidConfig()
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { ApiVersion = "v99.0" });

        Assert.Equal(PluginErrorCode.InvalidConfig, (await Assert.ThrowsAsync<PluginException>(async () => await plugin.ConnectAsync(default))).Code);
    }

    [Fact]
    public async Task EnrichAsync_UnknownField_IsInvalidConfig()
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { GenderField = "No_Such__c" });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((PluginErrorCode.InvalidConfig, "HTTP 400, INVALID_FIELD"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task EnrichBatchAsync_SmallPages_BringTheSame()
    {
        await using var paged = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = _simulator.Population, PageSize = 7 });
        var requests = Enumerable.Range(0, 30).Select(_simulator.Population.GetUser).Select(user => new EnrichmentRequest(user.Id)).ToList();
        var (whole, inPages) = (new BatchResults(30), new BatchResults(30));

        await SalesforceFixture.Plugin(_simulator).EnrichBatchAsync(requests, whole, default);
        await SalesforceFixture.Plugin(paged).EnrichBatchAsync(requests, inPages, default);

        Assert.True(paged.RequestCounts["query_more"] > 3);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => Text(whole.GetResult(i))), Enumerable.Range(0, 30).Select(i => Text(inPages.GetResult(i))));
    }

    [Fact]
    public async Task EnrichAsync_DailyLimitOfTheOrganization_IsQuotaExceeded()
    {
        await using var small = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = _simulator.Population, RequestsPerDay = 8 });
        var plugin = SalesforceFixture.Plugin(small, options => options with { Capabilities = [SalesforceCapability.PurchaseHistory], LookupBy = "id" });
        List<PluginErrorCode?> codes = [];
        for (var i = 0; i < 6; i++)
        {
            try
            {
                await plugin.EnrichAsync(new EnrichmentRequest(_user.SalesforceId), default);
                codes.Add(null);
            }
            catch (PluginException failure)
            {
                codes.Add(failure.Code);
            }
        }

        Assert.Equal(PluginErrorCode.QuotaExceeded, codes[^1]);
        Assert.Null(codes[0]);
        Assert.InRange(small.RequestCount, 2, 10); // the token, and no more than the organization has
    }

    [Fact]
    public async Task EnrichAsync_HangingUpstream_TimesOutByTheOption()
    {
        var plugin = SalesforceFixture.Plugin(_simulator, options => options with { Timeout = 1 });
        await plugin.ConnectAsync(default);
        _simulator.FailNext(SimulatedFault.Hang);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(PluginErrorCode.TimeoutError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        var plugin = SalesforceFixture.Plugin(_simulator);
        using var flight = new CancellationTokenSource();
        _simulator.FailNext(SimulatedFault.Hang);

        var call = plugin.EnrichAsync(new EnrichmentRequest(_user.Id), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task EnrichAsync_NobodyListens_IsAConnectionError()
    {
        var plugin = SalesforceFixture.Plugin(_simulator);
        await _simulator.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("127.0.0.1", failure.ToString());
    }

    private async Task<EnrichmentResultKind> EnrichAsync(SalesforcePlugin plugin, bool batch)
    {
        if (!batch)
        {
            return (await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default)).Kind;
        }

        var results = new BatchResults(1);
        await plugin.EnrichBatchAsync([new(_user.Id)], results, default);
        return results.GetResult(0).Kind;
    }

    private static string Text(EnrichmentResult result) =>
        result.Enrichment is null ? "" : System.Text.Json.JsonSerializer.Serialize(result.Enrichment with { Timestamp = default }, FastEnrichJsonContext.Default.UserEnrichment);
}

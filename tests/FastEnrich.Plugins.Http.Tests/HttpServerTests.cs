using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>The plugin against one of the simulated systems, over real connections: configuration is all it knows of it.</summary>
public sealed class HttpServerTests : IAsyncLifetime
{
    private PipedriveSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await PipedriveSimulator.StartAsync(new PipedriveSimulatorOptions { Population = new SimulatedPopulation(seed: 5, count: 300) });
        var users = Enumerable.Range(0, 300).Select(_simulator.Population.GetUser).ToList();
        _user = users.First(user => user.KnownTo.Contains(SimulatedSystem.Pipedrive));
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Pipedrive));
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task EnrichAsync_ConfiguredSystem_IsReadAndMapped()
    {
        var result = await Plugin().EnrichAsync(new EnrichmentRequest(_user.Id), default);

        Assert.Equal(new Demographics { City = _user.City.Name, Country = _user.City.CountryCode, Occupation = _user.JobTitle, Age = result.Enrichment!.Demographics!.Age }, result.Enrichment.Demographics);
        Assert.NotNull(result.Enrichment.Demographics.Age);
        Assert.Equal((_user.Email, _user.Id), (result.Identities!["email"], result.Identities["pipedrive_id"]));
    }

    [Fact]
    public async Task EnrichAsync_ByIdentity_AsksForIt()
    {
        var plugin = Plugin(options => options with
        {
            Url = _simulator.BaseUrl + "/api/v2/persons/search?term={identity:email}&fields=email&exact_match=true",
            LookupBy = "email",
            Result = "$.data.items[0].item",
            Fields = new HttpFields { Identities = new Dictionary<string, string> { ["pipedrive_id"] = "$.id" } },
        });

        var found = await plugin.EnrichAsync(new EnrichmentRequest("somebody", new Dictionary<string, string> { ["email"] = _user.Email }), default);
        var missing = await plugin.EnrichAsync(new EnrichmentRequest("somebody", new Dictionary<string, string> { ["email"] = _stranger.Email }), default);
        var lacking = await plugin.EnrichAsync(new EnrichmentRequest("somebody"), default);

        Assert.Equal((_user.Id, EnrichmentResultKind.NotFound, TimeSpan.Zero), (found.Identities!["pipedrive_id"], missing.Kind, lacking.Ttl));
    }

    [Fact]
    public async Task EnrichAsync_UnknownUser_IsNotFound() =>
        Assert.Equal(EnrichmentResultKind.NotFound, (await Plugin().EnrichAsync(new EnrichmentRequest(_stranger.Id), default)).Kind);

    [Fact]
    public async Task EnrichBatchAsync_HundredUsers_GivesEachWhatASingleCallGives()
    {
        var plugin = Plugin(options => options with { Batch = Batch });
        var requests = _simulator.Population.UserIds.Take(100).Select(id => new EnrichmentRequest(id)).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.Equal(1, _simulator.RequestCount);
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal((single.Kind, single.Enrichment?.Demographics), (results.GetResult(i).Kind, results.GetResult(i).Enrichment?.Demographics));
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
        }
    }

    [Theory]
    [InlineData("ServerError", PluginErrorCode.ConnectionError, true, null)]
    [InlineData("Unavailable", PluginErrorCode.ConnectionError, true, null)]
    [InlineData("GatewayTimeout", PluginErrorCode.TimeoutError, true, null)]
    [InlineData("unauthorized", PluginErrorCode.AuthError, false, null)]
    [InlineData("scope_mismatch", PluginErrorCode.AuthError, false, null)]
    [InlineData("company_closed", PluginErrorCode.QuotaExceeded, false, null)]
    [InlineData("rate_limit_without_headers", PluginErrorCode.RateLimitError, true, null)]
    [InlineData("rate_limit_with_retry_after", PluginErrorCode.RateLimitError, true, 7)]
    [InlineData("Redirect", PluginErrorCode.InvalidConfig, false, null)]
    [InlineData("MalformedBody", PluginErrorCode.InvalidResponse, false, null)]
    [InlineData("TruncatedJson", PluginErrorCode.InvalidResponse, false, null)]
    [InlineData("BrokenConnection", PluginErrorCode.ConnectionError, true, null)]
    [InlineData("HugeBody", PluginErrorCode.InvalidResponse, false, null)]
    [InlineData("CompressedBomb", PluginErrorCode.InvalidResponse, false, null)]
    public async Task EnrichAsync_Fault_HasItsCodeAndNothingOfTheBodyAndIsOver(string fault, PluginErrorCode code, bool retryable, int? wait)
    {
        const string planted = "planted.person@example.com pat-secret-0815";
        foreach (var batch in new[] { false, true })
        {
            var plugin = Plugin(options => options with { Batch = Batch });
            FailNext(fault, planted);

            var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(plugin, batch));

            Assert.Equal((code, retryable, wait), (failure.Code, failure.Retryable, (int?)failure.RetryAfter?.TotalSeconds));
            Assert.DoesNotContain(["planted", "0815", _user.Id, _simulator.Token, "127.0.0.1"], failure.ToString().Contains);
            await EnrichAsync(wait is null ? plugin : Plugin(options => options with { Batch = Batch }), batch); // over, but for who was asked to wait
        }
    }

    [Fact]
    public async Task EnrichAsync_AskedToWait_SendsNothingMeanwhile()
    {
        var plugin = Plugin();
        _simulator.FailNext("rate_limit_with_retry_after");
        await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(plugin, batch: false));

        await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(plugin, batch: false));

        Assert.Equal(1, _simulator.RequestCount);
    }

    [Fact]
    public async Task EnrichAsync_OAuth_RenewsTheExpiredToken()
    {
        var plugin = Plugin(options => options with
        {
            Authentication = new HttpAuthentication { Kind = HttpAuthenticationKind.OAuth, TokenUrl = _simulator.BaseUrl + "/oauth/token", ClientId = _simulator.Tokens.ClientId, ClientSecret = _simulator.Tokens.ClientSecret },
        });
        await plugin.ConnectAsync(default);
        _simulator.Tokens.ExpireAll();

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);

        Assert.Equal((EnrichmentResultKind.Found, 2), (result.Kind, _simulator.Tokens.Issued));
    }

    [Fact]
    public async Task EnrichAsync_HangingUpstream_TimesOutByTheOption()
    {
        var plugin = Plugin(options => options with { Timeout = 1 });
        _simulator.FailNext(SimulatedFault.Hang);

        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(plugin, batch: false));

        Assert.Equal(PluginErrorCode.TimeoutError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        using var flight = new CancellationTokenSource();
        _simulator.FailNext(SimulatedFault.Hang);

        var call = Plugin().EnrichAsync(new EnrichmentRequest(_user.Id), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task EnrichAsync_BodyOverTheOption_IsRefused()
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(Plugin(options => options with { MaxBody = 100 }), batch: false));

        Assert.Equal((PluginErrorCode.InvalidResponse, "the answer is larger than 100 bytes"), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("unauthorized", false)]
    [InlineData("ServerError", false)]
    [InlineData("BrokenConnection", false)]
    [InlineData("rate_limit", null)]
    [InlineData("bad_request", null)]
    public async Task CheckHealthAsync_Answer_IsHealthOrNoOpinion(string? fault, bool? healthy)
    {
        var plugin = Plugin(options => options with { HealthUrl = _simulator.BaseUrl + "/v1/users/me" });
        if (fault is not null)
        {
            FailNext(fault, "");
        }

        Assert.Equal(healthy, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public async Task CheckHealthAsync_WithoutAddress_HasNoOpinion() => Assert.Null(await Plugin().CheckHealthAsync(default));

    private HttpBatchOptions Batch => new() { Url = _simulator.BaseUrl + "/api/v2/persons?ids={keys}&limit=500", Results = "$.data[*]", Key = "$.id", MaxSize = 100 };

    private HttpPlugin Plugin(Func<HttpOptions, HttpOptions>? change = null)
    {
        var options = new HttpOptions
        {
            Url = _simulator.BaseUrl + "/api/v2/persons/{user_id}",
            Authentication = new HttpAuthentication { Kind = HttpAuthenticationKind.ApiKey, Header = "x-api-token", Key = _simulator.Token },
            Result = "$.data",
            Fields = new HttpFields
            {
                Demographics = new HttpDemographicFields { BirthDate = "$.birthday", City = "$.postal_address.locality", Country = "$.postal_address.country", Occupation = "$.job_title" },
                Identities = new Dictionary<string, string> { ["email"] = "$.emails[*].value", ["pipedrive_id"] = "$.id" },
            },
        };
        return HttpFixture.Plugin(change is null ? options : change(options));
    }

    private void FailNext(string fault, string text)
    {
        if (Enum.TryParse<SimulatedFault>(fault, out var common))
        {
            _simulator.FailNext(common, text: text);
        }
        else
        {
            _simulator.FailNext(fault, text: text);
        }
    }

    private async Task EnrichAsync(HttpPlugin plugin, bool batch)
    {
        if (batch)
        {
            await plugin.EnrichBatchAsync([new(_user.Id), new(_stranger.Id)], new BatchResults(2), default);
        }
        else
        {
            await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);
        }
    }
}

using FastEnrich.Plugins.Crm.Pipedrive;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

/// <summary>The plugin against a simulator that fails, over real connections.</summary>
public sealed class PipedriveFaultServerTests : IAsyncLifetime
{
    private PipedriveSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _stranger = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await PipedriveSimulator.StartAsync(new PipedriveSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        var users = Enumerable.Range(0, 1000).Select(_simulator.Population.GetUser).ToList();
        _user = users.First(user => user.KnownTo.Contains(SimulatedSystem.Pipedrive));
        _stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Pipedrive));
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [InlineData("ServerError", PluginErrorCode.ConnectionError, true, null)]
    [InlineData("Unavailable", PluginErrorCode.ConnectionError, true, null)]
    [InlineData("bad_gateway", PluginErrorCode.ConnectionError, true, null)]
    [InlineData("GatewayTimeout", PluginErrorCode.TimeoutError, true, null)]
    [InlineData("unauthorized", PluginErrorCode.AuthError, false, null)]
    [InlineData("company_closed", PluginErrorCode.AuthError, false, null)]
    [InlineData("scope_mismatch", PluginErrorCode.AuthError, false, null)]
    [InlineData("feature_cap", PluginErrorCode.QuotaExceeded, false, null)]
    [InlineData("blocked", PluginErrorCode.RateLimitError, true, 300)]
    [InlineData("no_route", PluginErrorCode.InvalidConfig, false, null)]
    [InlineData("bad_request", PluginErrorCode.InvalidConfig, false, null)]
    [InlineData("rate_limit", PluginErrorCode.RateLimitError, true, 2)]
    [InlineData("rate_limit_without_headers", PluginErrorCode.RateLimitError, true, 2)]
    [InlineData("rate_limit_with_retry_after", PluginErrorCode.RateLimitError, true, 7)]
    [InlineData("failure_with_success_status", PluginErrorCode.InvalidResponse, false, null)]
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
            var plugin = PipedriveFixture.Plugin(_simulator);
            PipedriveFixture.FailNext(_simulator, fault, planted);

            var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(plugin, batch));

            Assert.Equal((code, retryable, wait), (failure.Code, failure.Retryable, (int?)failure.RetryAfter?.TotalSeconds));
            Assert.DoesNotContain(["planted", "0815", _user.Id, _user.Email, _simulator.Token, "127.0.0.1"], failure.ToString().Contains);
            await EnrichAsync(PipedriveFixture.Plugin(_simulator), batch); // another instance: limits are kept by this one
        }
    }

    [Theory]
    [InlineData("not_found")]
    [InlineData("gone")]
    public async Task EnrichAsync_RecordThatIsGone_IsNotFound(string error)
    {
        _simulator.FailNext(error);

        var result = await PipedriveFixture.Plugin(_simulator).EnrichAsync(new EnrichmentRequest(_user.Id), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
    }

    [Fact]
    public async Task EnrichAsync_ExpiredOAuthToken_IsRenewedOnce()
    {
        var plugin = OAuthPlugin();
        await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);
        _simulator.Tokens.Rotates = true;
        _simulator.Tokens.ExpireAll();

        var result = await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);

        Assert.Equal(EnrichmentResultKind.Found, result.Kind);
        Assert.Equal(2, _simulator.Tokens.Issued);
    }

    [Fact]
    public async Task EnrichAsync_RefusedGrant_IsAnAuthErrorWithoutTheToken()
    {
        _simulator.Tokens.FailNext("invalid_grant");

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await OAuthPlugin().EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(PluginErrorCode.AuthError, failure.Code);
        Assert.DoesNotContain(_simulator.Tokens.RefreshToken, failure.ToString());
    }

    [Fact]
    public async Task EnrichAsync_HangingUpstream_TimesOutByTheOption()
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { Timeout = 1 });
        _simulator.FailNext(SimulatedFault.Hang);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal(PluginErrorCode.TimeoutError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        var plugin = PipedriveFixture.Plugin(_simulator);
        using var flight = new CancellationTokenSource();
        _simulator.FailNext(SimulatedFault.Hang);

        var call = plugin.EnrichAsync(new EnrichmentRequest(_user.Id), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("unauthorized", false)]
    [InlineData("company_closed", false)]
    [InlineData("ServerError", false)]
    [InlineData("BrokenConnection", false)]
    [InlineData("rate_limit", null)]
    [InlineData("daily_budget", null)]
    public async Task CheckHealthAsync_Answer_IsHealthOrNoOpinion(string? fault, bool? healthy)
    {
        var plugin = PipedriveFixture.Plugin(_simulator);
        if (fault is not null)
        {
            PipedriveFixture.FailNext(_simulator, fault);
        }

        Assert.Equal(healthy, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public async Task ConnectAsync_WrongToken_IsAnAuthError()
    {
        var plugin = PipedriveFixture.Plugin(_simulator, options => options with { ApiKey = "wrong" });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.ConnectAsync(default));

        Assert.Equal((PluginErrorCode.AuthError, "HTTP 401"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task EnrichAsync_NobodyListens_IsAConnectionError()
    {
        var plugin = PipedriveFixture.Plugin(_simulator);
        await _simulator.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default));

        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
    }

    private PipedrivePlugin OAuthPlugin() => PipedriveFixture.Plugin(_simulator, options => options with
    {
        ApiKey = null,
        ClientId = _simulator.Tokens.ClientId,
        ClientSecret = _simulator.Tokens.ClientSecret,
        RefreshToken = _simulator.Tokens.RefreshToken,
        TokenUrl = _simulator.BaseUrl + "/oauth/token",
    });

    private async Task EnrichAsync(PipedrivePlugin plugin, bool batch)
    {
        if (!batch)
        {
            await plugin.EnrichAsync(new EnrichmentRequest(_user.Id), default);
            return;
        }

        var results = new BatchResults(2);
        await plugin.EnrichBatchAsync([new(_user.Id), new(_stranger.Id)], results, default);
        Assert.Null(results.GetFailure(0));
    }
}

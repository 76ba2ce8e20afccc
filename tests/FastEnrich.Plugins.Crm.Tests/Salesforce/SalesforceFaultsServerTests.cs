using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Simulators;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>The plugin against a simulator that fails: every error, once and then no more.</summary>
public sealed class SalesforceFaultsServerTests : SalesforceServer
{
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
        var plugin = SalesforceFixture.Plugin(Simulator, timeProvider: time);
        foreach (var batch in new[] { false, true })
        {
            SalesforceFixture.FailNext(Simulator, fault, planted);

            var failure = await Assert.ThrowsAsync<PluginException>(async () => await EnrichAsync(plugin, batch));

            Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
            Assert.DoesNotContain(["planted", "0815", User.Id, User.Email, User.SalesforceId, "salesforce-access", "127.0.0.1"], failure.ToString().Contains);
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
        SalesforceFixture.FailNext(Simulator, fault);

        Assert.Equal(EnrichmentResultKind.NotFound, (await SalesforceFixture.Plugin(Simulator).EnrichAsync(new EnrichmentRequest(User.Id), default)).Kind);
    }

    [Theory]
    [InlineData("query_timeout", PluginErrorCode.TimeoutError)]
    [InlineData("invalid_type", PluginErrorCode.InvalidConfig)]
    [InlineData("daily_limit", PluginErrorCode.QuotaExceeded)]
    [InlineData("server_error", PluginErrorCode.ConnectionError)]
    public async Task EnrichAsync_OneQueryOfABatchFails_HasItsCode(string fault, PluginErrorCode code)
    {
        Simulator.FailNextSubrequest(fault);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(Simulator).EnrichAsync(new EnrichmentRequest(User.Id), default));

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task ConnectAsync_VersionThatIsNotOffered_IsInvalidConfig()
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { ApiVersion = "v99.0" });

        Assert.Equal(PluginErrorCode.InvalidConfig, (await Assert.ThrowsAsync<PluginException>(async () => await plugin.ConnectAsync(default))).Code);
    }

    [Fact]
    public async Task EnrichAsync_UnknownField_IsInvalidConfig()
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { GenderField = "No_Such__c" });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default));

        Assert.Equal((PluginErrorCode.InvalidConfig, "HTTP 400, INVALID_FIELD"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task EnrichAsync_DailyLimitOfTheOrganization_IsQuotaExceeded()
    {
        await using var small = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = Simulator.Population, RequestsPerDay = 8 });
        var plugin = SalesforceFixture.Plugin(small, options => options with { Capabilities = [SalesforceCapability.PurchaseHistory], LookupBy = "id" });
        List<PluginErrorCode?> codes = [];
        for (var i = 0; i < 6; i++)
        {
            try
            {
                await plugin.EnrichAsync(new EnrichmentRequest(User.SalesforceId), default);
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
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { Timeout = 1 });
        await plugin.ConnectAsync(default);
        Simulator.FailNext(SimulatedFault.Hang);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default));

        Assert.Equal(PluginErrorCode.TimeoutError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        var plugin = SalesforceFixture.Plugin(Simulator);
        using var flight = new CancellationTokenSource();
        Simulator.FailNext(SimulatedFault.Hang);

        var call = plugin.EnrichAsync(new EnrichmentRequest(User.Id), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task EnrichAsync_NobodyListens_IsAConnectionError()
    {
        var plugin = SalesforceFixture.Plugin(Simulator);
        await Simulator.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default));

        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("127.0.0.1", failure.ToString());
    }

    private async Task<EnrichmentResultKind> EnrichAsync(SalesforcePlugin plugin, bool batch)
    {
        if (!batch)
        {
            return (await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default)).Kind;
        }

        var results = new BatchResults(1);
        await plugin.EnrichBatchAsync([new(User.Id)], results, default);
        return results.GetResult(0).Kind;
    }
}

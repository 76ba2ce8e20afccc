using FastEnrich.Plugins.Social.Facebook;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>What goes wrong on the way and on the other side, over real connections.</summary>
public sealed class FacebookFaultServerTests : IAsyncLifetime
{
    private const string Planted = "planted.person@example.com EAASECRET0815";

    private FacebookSimulator _simulator = null!;
    private SimulatedUser _user = null!;
    private SimulatedUser _other = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await FacebookSimulator.StartAsync(new FacebookSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 100) });
        var users = Enumerable.Range(0, 100).Select(_simulator.Population.GetUser).Where(FacebookFixture.Knows).ToList();
        (_user, _other) = (users[1], users[2]);
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [InlineData(SimulatedFault.ServerError, PluginErrorCode.ConnectionError, true)]
    [InlineData(SimulatedFault.Unavailable, PluginErrorCode.ConnectionError, true)]
    [InlineData(SimulatedFault.GatewayTimeout, PluginErrorCode.TimeoutError, true)]
    [InlineData(SimulatedFault.Redirect, PluginErrorCode.InvalidConfig, false)]
    [InlineData(SimulatedFault.MalformedBody, PluginErrorCode.InvalidResponse, false)]
    [InlineData(SimulatedFault.TruncatedJson, PluginErrorCode.InvalidResponse, false)]
    [InlineData(SimulatedFault.BrokenConnection, PluginErrorCode.ConnectionError, true)]
    [InlineData(SimulatedFault.HugeBody, PluginErrorCode.InvalidResponse, false)]
    [InlineData(SimulatedFault.CompressedBomb, PluginErrorCode.InvalidResponse, false)]
    public async Task EnrichAsync_Fault_HasItsCodeNothingOfTheBodyAndPasses(SimulatedFault fault, PluginErrorCode code, bool retryable)
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        foreach (var batch in new[] { false, true })
        {
            _simulator.FailNext(fault, text: Planted);

            var failure = await FailureAsync(plugin, batch);

            Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
            await AssertSilentAndRecoveredAsync(plugin, failure);
        }
    }

    [Theory]
    [InlineData("unknown_error", PluginErrorCode.ConnectionError, null)]
    [InlineData("capability", PluginErrorCode.AuthError, null)]
    [InlineData("permission", PluginErrorCode.AuthError, null)]
    [InlineData("permissions_error", PluginErrorCode.AuthError, null)]
    [InlineData("invalid_session", PluginErrorCode.AuthError, null)]
    [InlineData("invalid_token", PluginErrorCode.AuthError, null)]
    [InlineData("app_not_installed", PluginErrorCode.AuthError, null)]
    [InlineData("checkpointed", PluginErrorCode.AuthError, null)]
    [InlineData("password_changed", PluginErrorCode.AuthError, null)]
    [InlineData("unconfirmed_user", PluginErrorCode.AuthError, null)]
    [InlineData("invalid_access_token", PluginErrorCode.AuthError, null)]
    [InlineData("no_token", PluginErrorCode.InvalidConfig, null)]
    [InlineData("bad_field", PluginErrorCode.InvalidConfig, null)]
    [InlineData("bad_parameter", PluginErrorCode.InvalidConfig, null)]
    [InlineData("missing_proof", PluginErrorCode.InvalidConfig, null)]
    [InlineData("wrong_proof", PluginErrorCode.InvalidConfig, null)]
    [InlineData("bad_path", PluginErrorCode.InvalidConfig, null)]
    [InlineData("no_active_user", PluginErrorCode.InvalidConfig, null)]
    [InlineData("rate_limit", PluginErrorCode.RateLimitError, 5)]
    [InlineData("rate_limit_with_usage", PluginErrorCode.RateLimitError, 5)]
    [InlineData("user_limit", PluginErrorCode.RateLimitError, 5)]
    [InlineData("page_limit", PluginErrorCode.RateLimitError, 5)]
    [InlineData("custom_limit", PluginErrorCode.RateLimitError, 5)]
    [InlineData("business_limit", PluginErrorCode.RateLimitError, 19)]
    [InlineData("action_limit", PluginErrorCode.QuotaExceeded, 60)]
    [InlineData("policy_block", PluginErrorCode.QuotaExceeded, 60)]
    public async Task EnrichAsync_NamedError_HasItsCodeWaitAndNothingOfItsMessage(string error, PluginErrorCode code, int? minutes)
    {
        foreach (var batch in new[] { false, true })
        {
            var plugin = FacebookFixture.Plugin(_simulator); // a limit that was hit is remembered
            _simulator.FailNextCall(error, text: Planted);

            var failure = await FailureAsync(plugin, batch);

            Assert.Equal((code, minutes), (failure.Code, failure.RetryAfter?.TotalMinutes));
            Assert.Equal(code is PluginErrorCode.ConnectionError or PluginErrorCode.RateLimitError, failure.Retryable);
            await AssertSilentAndRecoveredAsync(FacebookFixture.Plugin(_simulator), failure);
        }
    }

    [Theory]
    [InlineData("unknown_object")]
    [InlineData("unknown_alias")]
    public async Task EnrichAsync_UnknownObject_IsNotFound(string error)
    {
        _simulator.FailNextCall(error);

        var result = await FacebookFixture.Plugin(_simulator).EnrichAsync(FacebookFixture.Request(_user), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
    }

    [Fact]
    public async Task EnrichAsync_HangingUpstream_TimesOutByTheOption()
    {
        var plugin = FacebookFixture.Plugin(_simulator, options => options with { Timeout = 1 });
        _simulator.FailNext(SimulatedFault.Hang);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(FacebookFixture.Request(_user), default));

        Assert.Equal(PluginErrorCode.TimeoutError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        using var flight = new CancellationTokenSource();
        _simulator.FailNext(SimulatedFault.Hang);

        var call = plugin.EnrichAsync(FacebookFixture.Request(_user), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task EnrichAsync_NobodyListens_IsAConnectionError()
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        await _simulator.DisposeAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(FacebookFixture.Request(_user), default));

        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("127.0.0.1", failure.ToString());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("invalid_token", false)]
    [InlineData("server_error", false)]
    [InlineData("rate_limit", null)]
    public async Task CheckHealthAsync_AppsOwnToken_IsHealthOrNoOpinion(string? error, bool? healthy)
    {
        var plugin = FacebookFixture.Plugin(_simulator);
        if (error is not null)
        {
            _simulator.FailNextCall(error);
        }

        Assert.Equal(healthy, await plugin.CheckHealthAsync(default));
        Assert.Equal(["app"], _simulator.RequestCounts.Keys);
    }

    [Fact]
    public async Task CheckHealthAsync_OnlyUsersTokens_HasNoOpinion()
    {
        var plugin = FacebookFixture.Plugin(_simulator, options => options with { AppId = "" });

        Assert.Null(await plugin.CheckHealthAsync(default));
        Assert.Equal(0, _simulator.RequestCount);
    }

    [Fact]
    public async Task ConnectAsync_WrongSecret_IsAnAuthErrorAndAnOutageIsNone()
    {
        var wrong = FacebookFixture.Plugin(_simulator, options => options with { AppSecret = "other" });
        var right = FacebookFixture.Plugin(_simulator);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await wrong.ConnectAsync(default));
        _simulator.FailNext(SimulatedFault.Unavailable);
        await right.ConnectAsync(default);

        Assert.Equal(PluginErrorCode.AuthError, failure.Code);
    }

    private async Task<PluginException> FailureAsync(FacebookPlugin plugin, bool batch)
    {
        if (!batch)
        {
            return await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(FacebookFixture.Request(_user), default));
        }

        var results = new BatchResults(2);
        try
        {
            await plugin.EnrichBatchAsync([FacebookFixture.Request(_user), FacebookFixture.Request(_other)], results, default);
        }
        catch (PluginException failure)
        {
            return failure;
        }

        return results.GetFailure(0)!;
    }

    private async Task AssertSilentAndRecoveredAsync(FacebookPlugin plugin, PluginException failure)
    {
        var token = await _simulator.TokenSource.GetTokenAsync(_user.Id, default);
        Assert.DoesNotContain(["planted", "0815", _user.Id, _user.FacebookId!, token!.Value, "simulated-app-secret"], failure.ToString().Contains);
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(FacebookFixture.Request(_user), default)).Kind);
    }
}

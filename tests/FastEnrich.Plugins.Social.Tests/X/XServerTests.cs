using FastEnrich.Plugins.Social.X;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>The plugin against the simulator, over real connections.</summary>
public sealed class XServerTests : IAsyncLifetime
{
    private XSimulator _simulator = null!;
    private List<SimulatedUser> _users = [];
    private SimulatedUser _user = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await XSimulator.StartAsync(new XSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        _users = [.. Enumerable.Range(0, 1000).Select(_simulator.Population.GetUser).Where(user => user.XUsername is not null)];
        _user = _users[0];
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [InlineData("username")]
    [InlineData("id")]
    public async Task EnrichAsync_KnownUser_IsMapped(string lookupBy)
    {
        var plugin = XFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy, Capabilities = XFixture.EveryCapability });

        var result = await plugin.EnrichAsync(Request(_user), default);

        var enrichment = result.Enrichment!;
        Assert.Equal((_user.XId, _user.XUsername), (result.Identities!["x_id"], result.Identities["x_username"]));
        Assert.Equal(_user.Followers, enrichment.SocialConnections!.Influence);
        Assert.Equal(_user.City.CountryCode, enrichment.Demographics!.Country);
        Assert.Subset(_user.Interests.ToHashSet(), enrichment.Interests?.ToHashSet() ?? []);
        var metrics = enrichment.BehaviorPatterns!.EngagementMetrics!;
        Assert.Equal(Math.Min(20, metrics["x_posts"].GetInt32()), metrics["x_posts_by_hour"].EnumerateArray().Sum(count => count.GetInt32()));
    }

    [Fact]
    public async Task EnrichAsync_NewVocabulary_DeliversTheSame()
    {
        await using var newer = await XSimulator.StartAsync(new XSimulatorOptions { Population = _simulator.Population, NewVocabulary = true });

        var (old, now) = (await XFixture.Plugin(_simulator).EnrichAsync(Request(_user), default), await XFixture.Plugin(newer).EnrichAsync(Request(_user), default));

        Assert.Equal(XMappingTests.Json(old), XMappingTests.Json(now));
    }

    [Fact]
    public async Task EnrichAsync_WrongVocabulary_IsInvalidConfig()
    {
        var plugin = XFixture.Plugin(_simulator, options => options with { PostFieldsParameter = "post.fields" });

        Assert.Equal(PluginErrorCode.InvalidConfig, (await FailAsync(plugin)).Code);
    }

    [Fact]
    public async Task EnrichBatchAsync_HundredUsers_GivesEachWhatASingleCallGives()
    {
        var plugin = XFixture.Plugin(_simulator);
        var requests = _users.Take(95).Select(Request).Concat(Enumerable.Range(0, 5).Select(number => XFixture.ByUsername($"nobody_{number}"))).ToList();
        var results = new BatchResults(requests.Count);

        await plugin.EnrichBatchAsync(requests, results, default);

        Assert.Equal(1, _simulator.RequestCounts["users_by"]);
        Assert.InRange(Enumerable.Range(0, 100).Count(index => results.GetResult(index).Kind == EnrichmentResultKind.Found), 70, 95); // unknown and suspended ones are not found
        for (var i = 0; i < requests.Count; i++)
        {
            var single = await plugin.EnrichAsync(requests[i], default);
            Assert.Equal((single.Kind, null), (results.GetResult(i).Kind, results.GetFailure(i)));
            Assert.Equal(single.Identities, results.GetResult(i).Identities);
            Assert.Equal(XMappingTests.Json(single), XMappingTests.Json(results.GetResult(i)));
        }
    }

    [Fact]
    public async Task EnrichAsync_ProtectedUsers_AreKeptWithoutPosts()
    {
        var plugin = XFixture.Plugin(_simulator);
        var found = 0;
        foreach (var user in _users.Take(120))
        {
            if ((await plugin.EnrichAsync(Request(user), default)).Enrichment is { } enrichment && enrichment.ContextualData!["x_protected"].GetBoolean())
            {
                found++;
                Assert.Null(enrichment.Interests);
                Assert.Equal(user.Followers, enrichment.SocialConnections!.Influence);
            }
        }

        Assert.InRange(found, 1, 30);
    }

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task EnrichAsync_OddKey_IsNotFoundAndSendsNothing(string lookupBy, string key)
    {
        var plugin = XFixture.Plugin(_simulator, options => options with { LookupBy = lookupBy, UseUserId = true });

        var result = await plugin.EnrichAsync(new EnrichmentRequest(key), default);

        Assert.Equal((EnrichmentResultKind.NotFound, 0), (result.Kind, _simulator.RequestCount));
    }

    public static TheoryData<string, string> OddIds()
    {
        string[] ids = ["/", "..", ".", "a/b", "../me", "%2F", "%252F", "a\"b'c", "a\nb", "a\0b", "\U0001F600", "٣", new string('x', 512), "?user.fields=x", "#", "\\", " ", "1,2", "a&ids=1"];
        TheoryData<string, string> data = [];
        foreach (var id in ids)
        {
            data.Add("id", id);
            data.Add("username", id);
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
    [InlineData("bad_gateway", PluginErrorCode.ConnectionError, true)]
    [InlineData("service_unavailable", PluginErrorCode.ConnectionError, true)]
    [InlineData("unauthorized", PluginErrorCode.AuthError, false)]
    [InlineData("client_forbidden", PluginErrorCode.AuthError, false)]
    [InlineData("unsupported_authentication", PluginErrorCode.AuthError, false)]
    [InlineData("invalid_request", PluginErrorCode.InvalidConfig, false)]
    public async Task EnrichAsync_Fault_HasItsCodeAndNothingOfTheBodyAndPasses(string fault, PluginErrorCode code, bool retryable)
    {
        const string planted = "planted.person@example.com token-0815";
        foreach (var endpoint in new[] { "/2/users/by", $"/2/users/{_user.XId}/tweets" })
        {
            var ordered = false;
            var plugin = XFixture.Plugin(_simulator, handler: new BeforeHandler(request =>
            {
                if (!ordered && request.RequestUri!.AbsolutePath == endpoint)
                {
                    ordered = true;
                    XFixture.FailNext(_simulator, fault, planted);
                }
            }));

            var failure = await FailAsync(plugin);

            Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
            Assert.DoesNotContain(["planted", "0815", _user.XUsername!, _user.XId!, _user.Id, _simulator.BearerToken], failure.ToString().Contains);
            Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(Request(_user), default)).Kind);
        }
    }

    [Theory]
    [InlineData("rate_limit", PluginErrorCode.RateLimitError, true, 7 * 60)]
    [InlineData("rate_limit_text", PluginErrorCode.RateLimitError, true, 7 * 60)]
    [InlineData("rate_limit_legacy", PluginErrorCode.RateLimitError, true, 60)]
    [InlineData("rate_limit_day", PluginErrorCode.QuotaExceeded, false, 20 * 3600)]
    [InlineData("usage_capped", PluginErrorCode.QuotaExceeded, false, 3600)]
    [InlineData("credits_depleted", PluginErrorCode.QuotaExceeded, false, 900)]
    public async Task EnrichAsync_Limit_WaitsAndThenNothingIsSent(string error, PluginErrorCode code, bool retryable, int seconds)
    {
        var plugin = XFixture.Plugin(_simulator);
        _simulator.FailNext(error);

        var failure = await FailAsync(plugin);
        var next = await FailAsync(plugin);

        Assert.Equal((code, retryable, code), (failure.Code, failure.Retryable, next.Code));
        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, seconds - 60, seconds);
        Assert.Equal(1, _simulator.RequestCount);
    }

    [Theory]
    [InlineData("user_not_found")]
    [InlineData("user_not_found_in_answer")]
    [InlineData("not_authorized_for_resource")]
    public async Task EnrichAsync_NothingToSee_IsNotFound(string error)
    {
        _simulator.FailNext(error, text: _user.XUsername);

        Assert.Equal(EnrichmentResultKind.NotFound, (await XFixture.Plugin(_simulator).EnrichAsync(Request(_user), default)).Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichAsync_TokenExpired_IsRenewedOnceAndTheCallSucceeds(bool actsForUser)
    {
        var tokens = actsForUser ? _simulator.UserTokens : _simulator.AppTokens;
        var plugin = XFixture.Plugin(_simulator, options => options with { BearerToken = null, ClientId = tokens.ClientId, ClientSecret = tokens.ClientSecret, RefreshToken = actsForUser ? tokens.RefreshToken : null });
        await plugin.ConnectAsync(default);
        await plugin.EnrichAsync(Request(_user), default);
        tokens.ExpireAll();

        var result = await plugin.EnrichAsync(Request(_user), default);

        Assert.Equal((EnrichmentResultKind.Found, 2), (result.Kind, tokens.Issued));
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
    }

    [Theory]
    [InlineData("wrong", null, PluginErrorCode.AuthError)]
    [InlineData(null, "stale-refresh-token", PluginErrorCode.AuthError)]
    public async Task ConnectAsync_CredentialsRefused_IsAnAuthErrorThatQuotesNothing(string? secret, string? refreshToken, PluginErrorCode code)
    {
        var tokens = refreshToken is null ? _simulator.AppTokens : _simulator.UserTokens;
        var plugin = XFixture.Plugin(_simulator, options => options with { BearerToken = null, ClientId = tokens.ClientId, ClientSecret = secret ?? tokens.ClientSecret, RefreshToken = refreshToken });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.ConnectAsync(default));

        Assert.Equal((code, false), (failure.Code, failure.Retryable));
        Assert.DoesNotContain([tokens.ClientId, tokens.ClientSecret, "stale-refresh-token"], failure.ToString().Contains);
    }

    [Fact]
    public async Task EnrichAsync_WrongBearerToken_IsAnAuthErrorAndNotRetried()
    {
        var failure = await FailAsync(XFixture.Plugin(_simulator, options => options with { BearerToken = "wrong-token" }));

        Assert.Equal((PluginErrorCode.AuthError, false, 1), (failure.Code, failure.Retryable, _simulator.RequestCount));
    }

    [Fact]
    public async Task EnrichAsync_WrongBaseAddress_IsInvalidConfigAndNotAMissingUser()
    {
        var failure = await FailAsync(XFixture.Plugin(_simulator, options => options with { ApiUrl = $"{_simulator.BaseUrl}/elsewhere" }));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_HangingUpstream_TimesOutByTheOption()
    {
        var plugin = XFixture.Plugin(_simulator, options => options with { Timeout = 1 });
        _simulator.FailNext(SimulatedFault.Hang);

        Assert.Equal(PluginErrorCode.TimeoutError, (await FailAsync(plugin)).Code);
    }

    [Fact]
    public async Task EnrichAsync_FlightCancelled_IsNoFailureOfThePlugin()
    {
        var plugin = XFixture.Plugin(_simulator);
        using var flight = new CancellationTokenSource();
        _simulator.FailNext(SimulatedFault.Hang);

        var call = plugin.EnrichAsync(Request(_user), flight.Token).AsTask();
        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("unauthorized", false)]
    [InlineData("ServerError", false)]
    [InlineData("BrokenConnection", false)]
    [InlineData("client_forbidden", null)]
    [InlineData("rate_limit", null)]
    public async Task CheckHealthAsync_Answer_IsHealthOrNoOpinion(string? fault, bool? healthy)
    {
        var plugin = XFixture.Plugin(_simulator);
        if (fault is not null)
        {
            XFixture.FailNext(_simulator, fault);
        }

        Assert.Equal(healthy, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public async Task EnrichAsync_NobodyListens_IsAConnectionError()
    {
        var plugin = XFixture.Plugin(_simulator);
        await _simulator.DisposeAsync();

        var failure = await FailAsync(plugin);

        Assert.Equal((PluginErrorCode.ConnectionError, true), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("127.0.0.1", failure.ToString());
    }

    private static EnrichmentRequest Request(SimulatedUser user) => new(user.Id, new Dictionary<string, string> { ["x_username"] = user.XUsername!, ["x_id"] = user.XId! });

    private async Task<PluginException> FailAsync(XPlugin plugin) => await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(Request(_user), default));
}

using FastEnrich.Plugins.Social.Facebook;
using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

public sealed class FacebookOptionsTests
{
    private static readonly StubHandler s_nobody = new(_ => throw new InvalidOperationException());

    [Fact]
    public async Task Bind_SimulatorsConfiguration_MakesAWorkingPluginWithoutAnyService()
    {
        await using var simulator = await FacebookSimulator.StartAsync();
        var (options, errors) = Bind(simulator.PluginConfiguration);

        Assert.Empty(errors);
        var plugin = FacebookFixture.Descriptor.Create(new PluginActivation(FacebookFixture.Context(UpstreamClient.CreateHandler()), options, new Services(null)));
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(simulator.Population.GetUser(0).Id), default)).Kind);
    }

    [Fact]
    public async Task Create_HostsTokenSource_IsUsedWhenTheOptionsNameNone()
    {
        var source = new FakeTokenSource(_ => new AccessToken("from-the-host"));
        var upstream = new StubHandler(_ => StubHandler.Json("""{"id":"1"}"""));
        var plugin = FacebookFixture.Descriptor.Create(new PluginActivation(FacebookFixture.Context(upstream), FacebookFixture.Stub, new Services(source)));

        await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal("Bearer from-the-host", upstream.Authorizations[0]);
    }

    [Fact]
    public async Task Create_ConfiguredToken_GoesBeforeTheHostsSource()
    {
        var source = new FakeTokenSource(_ => new AccessToken("from-the-host"));
        var upstream = new StubHandler(_ => StubHandler.Json("""{"id":"1"}"""));

        await FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { AccessToken = "configured" }, source: source).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal("Bearer configured", upstream.Authorizations[0]);
        Assert.Empty(source.Asked);
    }

    [Fact]
    public void Bind_EveryMistake_IsReportedWithTheOthersAndQuotesNoSecret()
    {
        var (_, errors) = Bind(new Dictionary<string, string>
        {
            ["api_url"] = "graph.facebook.com",
            ["version"] = "25",
            ["app_id"] = "my app",
            ["app_secret"] = "a secret with blanks",
            ["access_token"] = "another secret",
            ["lookup_by"] = "email",
            ["capabilities:0"] = "groups",
            ["max_likes"] = "501",
            ["contextual_fields:a"] = "likes{name}",
            ["timeout"] = "0",
        });

        Assert.Equal(10, errors.Count);
        Assert.DoesNotContain("secret", string.Join('\n', errors.Select(error => error.ToString())).Replace("app_secret", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_Capabilities_ReplaceTheDefault()
    {
        var (options, errors) = Bind(new Dictionary<string, string> { ["capabilities:0"] = "friends" });

        Assert.Empty(errors);
        Assert.Equal([FacebookCapability.Friends], ((FacebookOptions)options!).Capabilities);
    }

    [Fact]
    public void ToString_Secrets_AreNotPrinted() =>
        Assert.DoesNotContain("hidden", new FacebookOptions { AccessToken = "hidden1", AppSecret = "hidden2", TokenUrlKey = "hidden3" }.ToString());

    public static TheoryData<FacebookOptions> Unusable() =>
    [
        new FacebookOptions(),
        new FacebookOptions { AccessToken = "t", TokenUrl = "https://operator.test" },
        new FacebookOptions { AccessToken = "t", LookupBy = "token" },
        new FacebookOptions { AccessToken = "t", LookupBy = "email" },
        new FacebookOptions { AccessToken = "a secret" },
        new FacebookOptions { AccessToken = "secret\n" },
        new FacebookOptions { AccessToken = "t", AppSecret = "a secret" },
        new FacebookOptions { TokenUrl = "https://operator.test", TokenUrlKey = "a secret" },
        new FacebookOptions { AccessToken = "t", AppId = "secret" },
        new FacebookOptions { AccessToken = "t", ApiUrl = "http://graph.secret.test" },
        new FacebookOptions { AccessToken = "t", ApiUrl = "https://user:secret@graph.test" },
        new FacebookOptions { AccessToken = "t", Version = ".." },
        new FacebookOptions { TokenUrl = "http://operator.secret.test" },
        new FacebookOptions { TokenUrl = "https://operator.test/?key=secret" },
        new FacebookOptions { AccessToken = "t", Capabilities = [(FacebookCapability)9] },
        new FacebookOptions { AccessToken = "t", ContextualFields = new Dictionary<string, string> { ["x"] = "secret,likes" } },
        new FacebookOptions { AccessToken = "t", Timeout = 0 },
    ];

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Constructor_WhatCannotWork_IsInvalidConfigWithoutQuotingIt(FacebookOptions options)
    {
        var failure = Assert.Throws<PluginException>(() => new FacebookPlugin(options, FacebookFixture.Context(s_nobody)));

        Assert.Equal((PluginErrorCode.InvalidConfig, "configure"), (failure.Code, failure.Operation));
        Assert.DoesNotContain("secret", failure.ToString().Replace("app_secret", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://graph.test", true)]
    public void Constructor_PlainHttp_IsForThisMachineOrOnDemand(string url, bool allowHttp) =>
        _ = new FacebookPlugin(new FacebookOptions { ApiUrl = url, TokenUrl = url, AllowHttp = allowHttp }, FacebookFixture.Context(s_nobody));

    [Theory]
    [InlineData("id", new[] { "facebook_id" })]
    [InlineData("token", new string[0])]
    public void LookupIdentities_LookupBy_IsWhatIsReallyUsed(string lookupBy, string[] identities)
    {
        var plugin = FacebookFixture.Plugin(s_nobody, new FacebookOptions { LookupBy = lookupBy });

        Assert.Equal(identities, plugin.LookupIdentities);
        Assert.Subset(FacebookFixture.Descriptor.Needs.Select(need => need.Name).ToHashSet(), plugin.LookupIdentities.ToHashSet());
        Assert.Equal((50, 10.0), (plugin.MaxBatchSize, plugin.RateLimit));
    }

    [Fact]
    public async Task EnrichAsync_ByToken_AsksForItsOwner()
    {
        var upstream = new StubHandler(_ => StubHandler.Json("""{"id":"77"}"""));

        var result = await FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { LookupBy = "token" }).EnrichAsync(new EnrichmentRequest("somebody"), default);

        Assert.StartsWith("GET https://graph.test/v25.0/me?", upstream.Requests[0], StringComparison.Ordinal);
        Assert.Equal("77", result.Identities!["facebook_id"]);
    }

    private static (object? Options, List<ConfigError> Errors) Bind(IReadOnlyDictionary<string, string> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("config:" + pair.Key, (string?)pair.Value))).Build();
        List<ConfigError> errors = [];
        return (FacebookFixture.Descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors)), errors);
    }

    private sealed class Services(ITokenSource? source) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(ITokenSource) ? source : null;
    }
}

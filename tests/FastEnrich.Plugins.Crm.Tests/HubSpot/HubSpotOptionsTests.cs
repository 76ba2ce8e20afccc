using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

public sealed class HubSpotOptionsTests
{
    [Fact]
    public async Task Bind_SimulatorsConfiguration_MakesAWorkingPlugin()
    {
        await using var simulator = await HubSpotSimulator.StartAsync();
        var (options, errors) = Bind(simulator.PluginConfiguration);

        Assert.Empty(errors);
        var plugin = HubSpotFixture.Descriptor.Create(new PluginActivation(HubSpotFixture.Context(UpstreamClient.CreateHandler()), options, null!));
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public void Bind_SixMistakes_AreReportedTogether()
    {
        var (_, errors) = Bind(new Dictionary<string, string>
        {
            ["api_url"] = "hubapi.com",
            ["timeout"] = "301",
            ["lookup_by"] = "Two Words",
            ["capabilities:0"] = "telepathy",
            ["default_currency"] = "euro",
            ["api_key"] = "a secret with blanks",
        });

        Assert.Equal(6, errors.Count);
        Assert.DoesNotContain("secret", string.Join('\n', errors));
    }

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("token", "app", "hush", "refresh")]
    [InlineData("", "app", "", "refresh")]
    [InlineData("", "", "hush", "refresh")]
    [InlineData("", "app", "hush", "")]
    public void Constructor_NotOneCredential_IsInvalidConfigThatSaysWhat(string apiKey, string clientId, string clientSecret, string refreshToken)
    {
        var options = new HubSpotOptions { ApiKey = apiKey, ClientId = clientId, ClientSecret = clientSecret, RefreshToken = refreshToken };

        var failure = Assert.Throws<PluginException>(() => HubSpotFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException())));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.DoesNotContain("hush", failure.ToString());
    }

    [Theory]
    [InlineData("http://api.example.com", false, false)]
    [InlineData("http://api.example.com", true, true)]
    [InlineData("http://localhost:8080", false, true)]
    public void Constructor_PlainHttpToAnotherMachine_IsInvalidConfigUnlessAllowed(string url, bool allowHttp, bool works)
    {
        var options = new HubSpotOptions { ApiKey = "token", ApiUrl = url, AllowHttp = allowHttp };

        var refused = Record.Exception(() => HubSpotFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException()))) as PluginException;

        Assert.Equal(works ? null : PluginErrorCode.InvalidConfig, refused?.Code);
    }

    [Fact]
    public void Bind_ContextualProperties_ReadsTheMap()
    {
        var (options, errors) = Bind(new Dictionary<string, string> { ["api_key"] = "token", ["contextual_properties:plan"] = "subscription_plan" });

        Assert.Empty(errors);
        Assert.Equal("subscription_plan", ((HubSpotOptions)options!).ContextualProperties["plan"]);
    }

    [Fact]
    public void ToString_Token_IsNotPrinted() =>
        Assert.DoesNotContain("pat-secret", new HubSpotOptions { ApiKey = "pat-secret", ClientSecret = "pat-secret", RefreshToken = "pat-secret" }.ToString());

    [Theory]
    [InlineData("pät", "/crm/v3", "https://h.test")]
    [InlineData("pat\nsecret", "/crm/v3", "https://h.test")]
    [InlineData("pat secret", "/crm/v3", "https://h.test")]
    [InlineData("token", "/crm/../secret", "https://h.test")]
    [InlineData("token", "/crm/v3", "https://user:secret@h.test")]
    public void Constructor_WhatCannotBeSent_IsInvalidConfigWithoutQuotingIt(string apiKey, string prefix, string apiUrl)
    {
        var options = new HubSpotOptions { ApiKey = apiKey, PathPrefix = prefix, ApiUrl = apiUrl };

        var failure = Assert.Throws<PluginException>(() => HubSpotFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException())));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.DoesNotContain("secret", failure.ToString());
    }

    [Theory]
    [InlineData("id", new[] { "hubspot_id" })]
    [InlineData("email", new[] { "email" })]
    [InlineData("customer_id", new string[0])]
    public void LookupIdentities_LookupBy_IsWhatIsReallyUsed(string lookupBy, string[] identities)
    {
        var options = new HubSpotOptions { ApiKey = "token", LookupBy = lookupBy };

        var plugin = HubSpotFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException()));

        Assert.Equal(identities, plugin.LookupIdentities);
        Assert.Subset(HubSpotFixture.Descriptor.Needs.Select(need => need.Name).ToHashSet(), plugin.LookupIdentities.ToHashSet());
    }

    [Theory]
    [InlineData(new HubSpotCapability[0], 30)]
    [InlineData(new[] { HubSpotCapability.PurchaseHistory }, 10)]
    [InlineData(new[] { HubSpotCapability.PurchaseHistory, HubSpotCapability.LineItems }, 6)]
    [InlineData(new[] { HubSpotCapability.InteractionTracking, HubSpotCapability.PageViews }, 2.5)]
    public void RateLimit_Capabilities_CountsTheRequestsOfABatch(HubSpotCapability[] capabilities, double calls)
    {
        var options = new HubSpotOptions { ApiKey = "token", RateLimit = 30, Capabilities = capabilities };

        Assert.Equal(calls, HubSpotFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException())).RateLimit);
    }

    private static (object? Options, List<ConfigError> Errors) Bind(IReadOnlyDictionary<string, string> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("config:" + pair.Key, (string?)pair.Value))).Build();
        List<ConfigError> errors = [];
        return (HubSpotFixture.Descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors)), errors);
    }
}

using FastEnrich.Plugins.Crm.Pipedrive;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

public sealed class PipedriveOptionsTests
{
    [Fact]
    public async Task Bind_SimulatorsConfiguration_MakesAWorkingPlugin()
    {
        await using var simulator = await PipedriveSimulator.StartAsync();
        var (options, errors) = PipedriveFixture.Bind(simulator.PluginConfiguration);

        Assert.Empty(errors);
        var plugin = PipedriveFixture.Descriptor.Create(new PluginActivation(PipedriveFixture.Context(UpstreamClient.CreateHandler()), options, null!));
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public void Bind_SevenMistakes_AreReportedTogether()
    {
        var (_, errors) = PipedriveFixture.Bind(new Dictionary<string, string>
        {
            ["api_url"] = "pipedrive.com",
            ["timeout"] = "301",
            ["lookup_by"] = "Two Words",
            ["capabilities:0"] = "everything",
            ["custom_fields:gender"] = "Gender",
            ["deal_product_field"] = "sku",
            ["api_key"] = "a secret with blanks",
        });

        Assert.Equal(7, errors.Count);
        Assert.DoesNotContain("secret", string.Join('\n', errors));
    }

    [Fact]
    public void Bind_Capabilities_AreReadByName()
    {
        var (options, errors) = PipedriveFixture.Bind(new Dictionary<string, string> { ["api_key"] = "token", ["capabilities:0"] = "deals", ["capabilities:1"] = "organizations" });

        Assert.Empty(errors);
        Assert.Equal([PipedriveCapability.Deals, PipedriveCapability.Organizations], ((PipedriveOptions)options!).Capabilities);
    }

    [Fact]
    public void ToString_Secrets_AreNotPrinted() =>
        Assert.DoesNotContain("secret", new PipedriveOptions { ApiKey = "a-secret", ClientSecret = "b-secret", RefreshToken = "c-secret" }.ToString());

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Constructor_WhatCannotBeSent_IsInvalidConfigWithoutQuotingIt(PipedriveOptions options)
    {
        var failure = Assert.Throws<PluginException>(() => PipedriveFixture.Plugin(new PipedriveStub(), options));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.DoesNotContain("hush", failure.ToString());
    }

    public static TheoryData<PipedriveOptions> Impossible() =>
    [
        new PipedriveOptions(),
        new PipedriveOptions { ApiKey = "" },
        new PipedriveOptions { ApiKey = "a\nhush" },
        new PipedriveOptions { ApiKey = "token", ClientId = "id" },
        new PipedriveOptions { ClientId = "id", ClientSecret = "hush" },
        new PipedriveOptions { ClientId = "id", ClientSecret = "hush", RefreshToken = "hush", TokenUrl = "http://oauth.test/token" },
        new PipedriveOptions { ClientId = "id", ClientSecret = "hush", RefreshToken = "hush", TokenUrl = "/token" },
        new PipedriveOptions { ApiKey = "token", ApiUrl = "http://pipedrive.test" },
        new PipedriveOptions { ApiKey = "token", ApiUrl = "https://user:hush@pipedrive.test" },
        new PipedriveOptions { ApiKey = "token", PathPrefix = "/api/../hush" },
        new PipedriveOptions { ApiKey = "token", LegacyPathPrefix = "/.." },
    ];

    [Fact]
    public void Constructor_AllowHttp_TakesAnAddressWithoutTls() =>
        Assert.NotNull(PipedriveFixture.Plugin(new PipedriveStub(), new PipedriveOptions { ApiKey = "token", ApiUrl = "http://pipedrive.test", AllowHttp = true }));

    [Theory]
    [InlineData("id", new[] { "pipedrive_id" })]
    [InlineData("email", new[] { "email" })]
    [InlineData(PipedriveFixture.Tier, new string[0])]
    public void LookupIdentities_LookupBy_IsWhatIsReallyUsed(string lookupBy, string[] identities)
    {
        var plugin = PipedriveFixture.Plugin(new PipedriveStub(), PipedriveFixture.Plain with { LookupBy = lookupBy });

        Assert.Equal(identities, plugin.LookupIdentities);
        Assert.Subset(PipedriveFixture.Descriptor.Needs.Select(need => need.Name).ToHashSet(), plugin.LookupIdentities.ToHashSet());
    }

    [Theory]
    [InlineData("id", 4, 2, 25)]
    [InlineData("id", 0, 10, 100)]
    [InlineData("email", 0, 5, 10)]
    public void RateLimit_Capabilities_CountsTheRequestsOfAUser(string lookupBy, int capabilities, double users, int batch)
    {
        var options = PipedriveFixture.Plain with { LookupBy = lookupBy, RateLimit = 10, Capabilities = [.. PipedriveFixture.Plain.Capabilities.Take(capabilities)] };

        var plugin = PipedriveFixture.Plugin(new PipedriveStub(), options);

        Assert.Equal((users, batch), (plugin.RateLimit, plugin.MaxBatchSize));
    }
}

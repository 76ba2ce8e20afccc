using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;
using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

public sealed class SalesforceOptionsTests
{
    [Fact]
    public async Task Bind_SimulatorsConfiguration_MakesAWorkingPlugin()
    {
        await using var simulator = await SalesforceSimulator.StartAsync();
        var (_, errors) = SalesforceFixture.Bind(simulator.PluginConfiguration);
        var plugin = SalesforceFixture.Plugin(simulator);

        Assert.Empty(errors);
        await plugin.ConnectAsync(default);
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public void Bind_EightMistakes_AreReportedTogether()
    {
        var (_, errors) = SalesforceFixture.Bind(new Dictionary<string, string>
        {
            ["login_url"] = "login.salesforce.com",
            ["api_version"] = "67",
            ["authentication"] = "password",
            ["lookup_by"] = "Email; DROP",
            ["batch_size"] = "2001",
            ["capabilities:0"] = "everything",
            ["contextual_fields:plan"] = "Plan__c FROM Contact",
            ["instance_hosts:0"] = "https://proxy.example.org/",
        });

        Assert.Equal(8, errors.Count);
    }

    [Fact]
    public void Bind_ListsAndMaps_AreRead()
    {
        var (options, errors) = SalesforceFixture.Bind(new Dictionary<string, string>
        {
            ["authentication"] = "jwt_bearer",
            ["capabilities:0"] = "company",
            ["external_id_type"] = "number",
            ["contextual_fields:plan"] = "Plan__c",
        });

        Assert.Empty(errors);
        Assert.Equal((SalesforceAuthentication.JwtBearer, SalesforceIdType.Number, "Plan__c"), (options.Authentication, options.ExternalIdType, options.ContextualFields["plan"]));
        Assert.Equal([SalesforceCapability.Company], options.Capabilities);
    }

    [Fact]
    public void ToString_Secrets_AreNotPrinted()
    {
        var options = new SalesforceOptions { ClientSecret = "s3cret-a", RefreshToken = "s3cret-b", PrivateKey = "s3cret-c", AccessToken = "s3cret-d" };

        Assert.DoesNotContain("s3cret", options.ToString());
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Constructor_WhatCannotWork_IsInvalidConfigWithoutQuotingIt(string says, SalesforceOptions options)
    {
        var failure = Assert.Throws<PluginException>(() => SalesforceFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException())));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.Contains(says, failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString());
    }

    public static TheoryData<string, SalesforceOptions> Unusable()
    {
        var own = new SalesforceOptions { LoginUrl = "https://acme.my.salesforce.com", ClientId = "id", ClientSecret = "s3cret" };
        return new TheoryData<string, SalesforceOptions>
        {
            { "organization's own address", own with { LoginUrl = "https://login.salesforce.com" } },
            { "organization's own address", own with { LoginUrl = "https://test.salesforce.com/" } },
            { "client id", own with { ClientId = "" } },
            { "client secret", own with { ClientSecret = "" } },
            { "refresh token", own with { Authentication = SalesforceAuthentication.RefreshToken } },
            { "subject", own with { Authentication = SalesforceAuthentication.JwtBearer } },
            { "private key", own with { Authentication = SalesforceAuthentication.JwtBearer, Username = "u@example.org", PrivateKey = "s3cret" } },
            { "instance_url", own with { Authentication = SalesforceAuthentication.AccessToken, AccessToken = "s3cret" } },
            { "access_token", own with { Authentication = SalesforceAuthentication.AccessToken, InstanceUrl = "https://acme.my.salesforce.com" } },
            { "visible ASCII", own with { Authentication = SalesforceAuthentication.AccessToken, AccessToken = "s3cret\nX", InstanceUrl = "https://acme.my.salesforce.com" } },
            { "https", own with { LoginUrl = "http://acme.my.salesforce.com" } },
            { "https", own with { LoginUrl = "https://s3cret@acme.my.salesforce.com" } },
            { "https", own with { InstanceUrl = "https://acme.my.salesforce.com/s3cret" } },
            { "api_version", own with { ApiVersion = "v67.0/../s3cret" } },
            { "name", own with { LookupBy = "Id) OR (s3cret" } },
            { "name", own with { GenderField = "Gender__c,s3cret " } },
            { "name", own with { ContextualFields = new Dictionary<string, string> { ["x"] = "" , ["y"] = "s3cret'" } } },
            { "name", own with { ProductField = "Product2.s3cret" } },
        };
    }

    [Theory]
    [InlineData("id", new[] { "salesforce_id" })]
    [InlineData("email", new[] { "email" })]
    [InlineData("Customer_Id__c", new string[0])]
    public void LookupIdentities_LookupBy_IsWhatIsReallyUsed(string lookupBy, string[] identities)
    {
        var plugin = SalesforceFixture.Plugin(SalesforceFixture.Static with { LookupBy = lookupBy }, new StubHandler(_ => throw new InvalidOperationException()));

        Assert.Equal(identities, plugin.LookupIdentities);
        Assert.Subset(SalesforceFixture.Descriptor.Needs.Select(need => need.Name).ToHashSet(), plugin.LookupIdentities.ToHashSet());
    }

    [Theory]
    [InlineData(new SalesforceCapability[0], 28)]
    [InlineData(new[] { SalesforceCapability.PurchaseHistory }, 14)]
    [InlineData(new[] { SalesforceCapability.LineItems }, 28)]
    [InlineData(new[] { SalesforceCapability.PurchaseHistory, SalesforceCapability.LineItems, SalesforceCapability.InteractionTracking, SalesforceCapability.Company }, 4)]
    public void RateLimit_Capabilities_CountTheRequestsOfABatch(SalesforceCapability[] capabilities, double calls)
    {
        var options = SalesforceFixture.Static with { RateLimit = 28, Capabilities = capabilities };

        Assert.Equal(calls, SalesforceFixture.Plugin(options, new StubHandler(_ => throw new InvalidOperationException())).RateLimit);
    }

    [Fact]
    public void Constructor_PlainHttpElsewhere_NeedsAllowHttp()
    {
        var options = new SalesforceOptions { LoginUrl = "http://salesforce.test", ClientId = "id", ClientSecret = "secret" };
        var handler = new StubHandler(_ => throw new InvalidOperationException());

        Assert.Throws<PluginException>(() => SalesforceFixture.Plugin(options, handler));
        Assert.NotNull(SalesforceFixture.Plugin(options with { AllowHttp = true }, handler));
    }
}

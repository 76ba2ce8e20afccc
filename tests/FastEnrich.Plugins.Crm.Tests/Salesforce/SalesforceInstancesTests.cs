using FastEnrich.Plugins.Crm.Salesforce;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>Where a token may be sent, whatever the answer that brought it says.</summary>
public sealed class SalesforceInstancesTests
{
    [Theory]
    [InlineData("https://login.salesforce.com", "https://acme.my.salesforce.com")]
    [InlineData("https://login.salesforce.com", "https://na1.salesforce.com/")]
    [InlineData("https://acme--dev.sandbox.my.salesforce.com", "https://CS42.Salesforce.com")]
    [InlineData("https://login.salesforce.com", "https://proxy.example.org")]
    [InlineData("https://login.salesforce.com", "https://proxy.example.org:8443")]
    [InlineData("https://sso.example.org", "https://sso.example.org")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    public void Of_HostOfTheVendorOrConfigured_IsTaken(string login, string instance) =>
        Assert.Equal(new Uri(instance).Authority, Of(login, instance).Host);

    [Theory]
    [InlineData("https://login.salesforce.com", "https://attacker.example.com")]
    [InlineData("https://login.salesforce.com", "https://evilsalesforce.com")]
    [InlineData("https://login.salesforce.com", "https://acme.my.salesforce.com.example.com")]
    [InlineData("https://login.salesforce.com", "https://acme.my.salesforce.com:8443")]
    [InlineData("https://login.salesforce.com", "https://acme.force.com")]
    [InlineData("https://login.salesforce.com", "https://acme.my.salesforce.mil")]
    [InlineData("https://login.salesforce.com", "https://127.0.0.1")]
    [InlineData("https://sso.example.org", "https://other.example.org")]
    [InlineData("https://sso.example.org", "https://acme.my.salesforce.com")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8081")]
    public void Of_AnotherHost_IsRefused(string login, string instance)
    {
        var failure = Assert.Throws<PluginException>(() => Of(login, instance));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.DoesNotContain("00D!", failure.ToString());
    }

    [Theory]
    [InlineData("http://acme.my.salesforce.com")]
    [InlineData("https://login.salesforce.com/services/proxy")]
    [InlineData("https://user@acme.my.salesforce.com")]
    [InlineData("https://acme.my.salesforce.com?x=1")]
    [InlineData("ftp://acme.my.salesforce.com")]
    [InlineData("acme.my.salesforce.com")]
    [InlineData("")]
    public void Of_UnusableAddress_IsAnInvalidResponse(string instance) =>
        Assert.Equal(PluginErrorCode.InvalidResponse, Assert.Throws<PluginException>(() => Of("https://login.salesforce.com", instance)).Code);

    [Fact]
    public void Of_AnswerWithoutInstance_IsTheConfiguredOne()
    {
        var instances = new SalesforceInstances("salesforce", new SalesforceOptions { InstanceUrl = "https://acme.my.salesforce.com" });

        Assert.Equal("acme.my.salesforce.com", instances.Of(new AccessToken("t")).Host);
    }

    [Fact]
    public void Of_AnswerWithoutInstanceAndNoneConfigured_IsAnInvalidResponse() =>
        Assert.Equal(PluginErrorCode.InvalidResponse, Assert.Throws<PluginException>(() => new SalesforceInstances("salesforce", new SalesforceOptions()).Of(new AccessToken("t"))).Code);

    [Fact]
    public void Of_ChangingInstances_AreEachChecked()
    {
        var instances = new SalesforceInstances("salesforce", new SalesforceOptions());

        Assert.Equal("a.my.salesforce.com", instances.Of(new AccessToken("1") { BaseUrl = "https://a.my.salesforce.com" }).Host);
        Assert.Throws<PluginException>(() => instances.Of(new AccessToken("2") { BaseUrl = "https://b.example.com" }));
        Assert.Equal("c.my.salesforce.com", instances.Of(new AccessToken("3") { BaseUrl = "https://c.my.salesforce.com" }).Host);
    }

    private static UpstreamUrl Of(string login, string instance) =>
        new SalesforceInstances("salesforce", new SalesforceOptions { LoginUrl = login, InstanceHosts = ["proxy.example.org", "proxy.example.org:8443"] })
            .Of(new AccessToken("00D!secret") { BaseUrl = instance });
}

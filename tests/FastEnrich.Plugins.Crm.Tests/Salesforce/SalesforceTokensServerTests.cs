using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Simulators;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>How the plugin gets its token from the simulator, and where it sends it.</summary>
public sealed class SalesforceTokensServerTests : SalesforceServer
{
    [Theory]
    [InlineData(SalesforceAuthentication.ClientCredentials)]
    [InlineData(SalesforceAuthentication.RefreshToken)]
    [InlineData(SalesforceAuthentication.JwtBearer)]
    [InlineData(SalesforceAuthentication.AccessToken)]
    public async Task EnrichAsync_AnyGrant_GetsIn(SalesforceAuthentication authentication)
    {
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with
        {
            Authentication = authentication,
            RefreshToken = Simulator.Tokens.RefreshToken,
            Username = "integration@example.org",
            PrivateKey = Simulator.Tokens.PrivateKeyPem,
            AccessToken = Simulator.Tokens.Issue(),
            InstanceUrl = Simulator.BaseUrl,
        });

        await plugin.ConnectAsync(default);

        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default)).Kind);
        Assert.Equal(authentication == SalesforceAuthentication.AccessToken ? 0 : 1, Simulator.RequestCounts.GetValueOrDefault("token"));
    }

    [Fact]
    public async Task ConnectAsync_StatementOfAnotherKey_IsAnAuthError()
    {
        using var other = System.Security.Cryptography.RSA.Create(2048);
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { Authentication = SalesforceAuthentication.JwtBearer, Username = "integration@example.org", PrivateKey = other.ExportPkcs8PrivateKeyPem() });

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.ConnectAsync(default));

        Assert.Equal(PluginErrorCode.AuthError, failure.Code);
    }

    [Fact]
    public async Task EnrichAsync_ExpiredSession_GetsANewTokenForAllWhoWait()
    {
        var plugin = SalesforceFixture.Plugin(Simulator);
        await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default);
        Simulator.Tokens.ExpireAll();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => plugin.EnrichAsync(new EnrichmentRequest(User.Id), default).AsTask()));

        Assert.All(results, result => Assert.Equal(EnrichmentResultKind.Found, result.Kind));
        Assert.Equal(2, Simulator.Tokens.Issued);
    }

    [Fact]
    public async Task EnrichAsync_SessionThatStaysExpired_IsAnAuthErrorAfterOneRetry()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var plugin = SalesforceFixture.Plugin(Simulator, timeProvider: time);
        Simulator.FailNext("expired_session", times: 2);

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default));

        Assert.Equal((PluginErrorCode.AuthError, false), (failure.Code, failure.Retryable));
        Assert.Equal(2, Simulator.RequestCounts["contact_by_external_id"]);
        time.Advance(TimeSpan.FromMinutes(1)); // new tokens rest, too, when they are refused
        Assert.Equal(EnrichmentResultKind.Found, (await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default)).Kind);
    }

    [Fact]
    public async Task EnrichAsync_InstanceElsewhere_IsRefusedAndGetsNoToken()
    {
        await using var elsewhere = await SalesforceSimulator.StartAsync();
        Simulator.InstanceUrl = elsewhere.BaseUrl;

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await SalesforceFixture.Plugin(Simulator).EnrichAsync(new EnrichmentRequest(User.Id), default));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.Equal(0, elsewhere.RequestCount);
    }

    [Fact]
    public async Task EnrichAsync_InstanceElsewhereThatIsListed_IsAsked()
    {
        await using var elsewhere = await SalesforceSimulator.StartAsync();
        Simulator.InstanceUrl = elsewhere.BaseUrl;
        var plugin = SalesforceFixture.Plugin(Simulator, options => options with { InstanceHosts = [new Uri(elsewhere.BaseUrl).Authority] });

        await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest(User.Id), default)); // it does not know the other server's tokens

        Assert.Equal(2, elsewhere.RequestCounts["contact_by_external_id"]); // once more with a new token
    }
}

namespace FastEnrich.Sidecar.Tests;

/// <summary>The calls that change something: refresh and forget.</summary>
public sealed class HttpChangeServerTests
{
    private const string Json = "Content-Type: application/json\r\n";

    [Theory]
    [InlineData("/v1/users/a%2Fb/refresh")]
    [InlineData("/v1/profile/refresh?user_id=a%2Fb")]
    public async Task PostRefresh_WithIdentities_FetchesAnew(string target)
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { AllowUnauthenticatedAdmin = true });

        var response = await server.SendAsync("POST", target, Json, body: "{\"identities\":{\"email\":\"e\"}}");

        Assert.Equal("a/b", response.UserId);
        var call = Assert.Single(server.Enricher.Calls);
        Assert.Equal(EnrichMode.Refresh, call.Options.Mode);
        Assert.Equal("e", call.Identities["email"]);
        Assert.True(call.Options.UntrustedIdentities);
    }

    [Fact]
    public async Task PostRefresh_SomePlugins_FetchesThose()
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { AllowUnauthenticatedAdmin = true });

        var response = await server.SendAsync("POST", "/v1/users/a/refresh?plugins=other,fake", Json + "Content-Length: 0\r\n");

        Assert.Equal(200, response.Status);
        Assert.Equal(["other", "fake"], Assert.Single(server.Enricher.Calls).Options.Plugins);
    }

    [Theory]
    [InlineData("", "", 415)]
    [InlineData("Content-Type: text/plain\r\n", "{}", 415)]
    [InlineData("Content-Type: application/json-seq\r\n", "{}", 415)]
    [InlineData("Content-Type: Application/JSON; charset=utf-8\r\n", "{}", 200)]
    [InlineData(Json, "", 200)]
    [InlineData(Json, "[]", 400)]
    [InlineData(Json, "{\"identities\":7}", 400)]
    [InlineData(Json, "{\"identities\":{\"a\":\"\\ud800\"}}", 400)]
    [InlineData(Json, "{\"more\":{}}", 400)]
    [InlineData(Json, "{", 400)]
    public async Task PostRefresh_BodyAndContentType_AreChecked(string headers, string body, int status)
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { AllowUnauthenticatedAdmin = true });

        Assert.Equal(status, (await server.SendAsync("POST", "/v1/users/a/refresh", headers + (body.Length == 0 ? "Content-Length: 0\r\n" : ""), body: body)).Status);
    }

    [Fact]
    public async Task PostRefresh_BodyBeyondTheLimit_IsRefused()
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { AllowUnauthenticatedAdmin = true });

        var response = await server.SendAsync("POST", "/v1/users/a/refresh", Json + "Content-Length: 70000\r\n");

        Assert.Equal(413, response.Status);
        Assert.Equal("application/problem+json", response.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("/v1/users/a%252Fb", "a%2Fb")]
    [InlineData("/v1/profile?user_id=a%00b", "a\0b")]
    public async Task Delete_Confirmed_ForgetsThatUser(string target, string userId)
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { AllowUnauthenticatedAdmin = true });

        var response = await server.SendAsync("DELETE", target);

        Assert.Equal(200, response.Status);
        Assert.Equal("{\"local\":true,\"complete\":true}", response.Body);
        Assert.Equal(userId, Assert.Single(server.Enricher.Forgotten));
    }

    [Fact]
    public async Task Delete_Unconfirmed_IsAccepted()
    {
        await using var server = await ServerFixture.StartAsync(
            new FakeEnricher { Receipt = new ForgetReceipt(true, false, true) }, o => o with { AllowUnauthenticatedAdmin = true });

        var response = await server.SendAsync("DELETE", "/v1/users/a");

        Assert.Equal(202, response.Status);
        Assert.Equal("{\"local\":true,\"l2\":false,\"published\":true,\"complete\":false}", response.Body);
    }
}

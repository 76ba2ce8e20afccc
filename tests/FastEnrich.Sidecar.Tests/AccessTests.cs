using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Http;

namespace FastEnrich.Sidecar.Tests;

public sealed class AccessTests
{
    private const string ReadToken = "read-token-0123456789";
    private const string TrustedToken = "trusted-token-0123456789";
    private const string AdminToken = "admin-token-0123=456789==";
    private const string Tokens = $"read={ReadToken}  read,identities={TrustedToken}\nadmin={AdminToken}";

    [Theory]
    [InlineData("GET", "/v1/users/a/profile", "", 401)]
    [InlineData("GET", "/v1/users/a/profile", "wrong-token-0123456789", 401)]
    [InlineData("GET", "/v1/users/a/profile", "short", 401)]
    [InlineData("GET", "/v1/users/a/profile", ReadToken, 200)]
    [InlineData("GET", "/v1/users/a/profile", TrustedToken, 200)]
    [InlineData("GET", "/v1/users/a/profile", AdminToken, 403)]
    [InlineData("DELETE", "/v1/users/a", "", 401)]
    [InlineData("DELETE", "/v1/users/a", ReadToken, 403)]
    [InlineData("DELETE", "/v1/users/a", AdminToken, 200)]
    [InlineData("DELETE", "/v1/profile?user_id=a", ReadToken, 403)]
    [InlineData("POST", "/v1/users/a/refresh", TrustedToken, 403)]
    [InlineData("POST", "/v1/users/a/refresh", AdminToken, 200)]
    [InlineData("GET", "/healthz", "", 200)]
    public async Task Send_WithTokens_ScopesDecide(string method, string target, string token, int status)
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { Tokens = TokenTable.Parse(Tokens), AllowUnauthenticatedAdmin = true });
        var headers = token.Length == 0 ? "" : $"Authorization: Bearer {token}\r\n";

        var response = await server.SendAsync(method, target, headers + (method == "POST" ? "Content-Type: application/json\r\nContent-Length: 0\r\n" : ""));

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 401, response.Headers.ContainsKey("WWW-Authenticate"));
    }

    [Theory]
    [InlineData(ReadToken, true)]
    [InlineData(TrustedToken, false)]
    public async Task GetProfile_IdentitiesWithToken_AreTrustedByScope(string token, bool untrusted)
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { Tokens = TokenTable.Parse(Tokens) });

        await server.SendAsync("GET", "/v1/users/a/profile?identity.email=e", $"Authorization: Bearer {token}\r\n");

        Assert.Equal(untrusted, Assert.Single(server.Enricher.Calls).Options.UntrustedIdentities);
    }

    [Theory]
    [InlineData("DELETE", "/v1/users/a")]
    [InlineData("POST", "/v1/users/a/refresh")]
    [InlineData("DELETE", "/v1/profile?user_id=a")]
    public async Task Send_ChangeWithoutAnyToken_IsForbidden(string method, string target)
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync(method, target, "Content-Type: application/json\r\nContent-Length: 0\r\n");

        Assert.Equal(403, response.Status);
        Assert.Empty(server.Enricher.Forgotten);
        Assert.Empty(server.Enricher.Calls);
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:8080", 200)]
    [InlineData("127.0.0.1:1", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("profiles.internal:80", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example:80", 403)]
    [InlineData("", 403)]
    public async Task Send_Host_MustBeAllowed(string host, int status)
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { AllowedHosts = ["profiles.internal"] });

        Assert.Equal(status, (await server.SendAsync("GET", "/v1/users/a/profile", host: host)).Status);
    }

    [Fact]
    public async Task UnixSocket_WithoutToken_MayDoEverythingAndIsPrivate()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s");
        await using (var server = await ServerFixture.StartAsync(configure: o => o with { Addresses = [], UnixSocket = path, Tokens = TokenTable.Parse(Tokens) }))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.Equal(200, (await server.SendAsync("DELETE", "/v1/users/a", host: "anything")).Status);
            Assert.Equal("a", (await server.SendAsync("GET", "/v1/users/a/profile?identity.email=e", host: "anything")).UserId);
            Assert.False(Assert.Single(server.Enricher.Calls).Options.UntrustedIdentities);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task UnixSocket_DeadSocketInTheWay_IsReplaced()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s");
        using (var dead = UnixSocketFile.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path), path))
        {
            Assert.True(File.Exists(path));
        }

        await using var server = await ServerFixture.StartAsync(configure: o => o with { Addresses = [], UnixSocket = path });

        Assert.Equal(200, (await server.SendAsync("GET", "/healthz")).Status);
    }

    [Fact]
    public async Task UnixSocket_FileInTheWay_IsLeftAlone()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "precious");

        await Assert.ThrowsAsync<UsageException>(() => ServerFixture.StartAsync(configure: o => o with { Addresses = [], UnixSocket = path }));

        Assert.Equal("precious", await File.ReadAllTextAsync(path));
        File.Delete(path);
    }

    [Fact]
    public async Task UnixSocket_AnotherServerListens_RefusesToStart()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s");
        await using var first = await ServerFixture.StartAsync(configure: o => o with { Addresses = [], UnixSocket = path });

        await Assert.ThrowsAsync<UsageException>(() => ServerFixture.StartAsync(configure: o => o with { Addresses = [], UnixSocket = path }));

        Assert.Equal(200, (await first.SendAsync("GET", "/healthz")).Status);
    }

    [Theory]
    [InlineData("no-scopes-planted-secret")]
    [InlineData("write=planted-secret-0123456789")]
    [InlineData("read=planted")]
    [InlineData("read,=planted-secret-0123456789")]
    public void Parse_WrongTokens_SaysWhichEntryAndQuotesNothing(string text)
    {
        var refusal = Assert.Throws<UsageException>(() => TokenTable.Parse($"read={ReadToken} {text}"));

        Assert.Contains("entry 2", refusal.Message);
        Assert.DoesNotContain("planted", refusal.Message);
    }

    [Fact]
    public async Task Log_AtTrace_HoldsNoIdTokenHeaderOrIdentity()
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { Tokens = TokenTable.Parse($"read,admin={ReadToken}") });

        await server.SendAsync("GET", "/v1/users/planted-id/profile?identity.email=planted%40example.com", $"Authorization: Bearer {ReadToken}\r\nX-Planted: planted\r\n");
        await server.SendAsync("GET", "/v1/users/planted-id/profile", "Authorization: Bearer planted-token-0123456789\r\n");
        await server.SendAsync("GET", "/v1/users/%FF" + "planted/profile", $"Authorization: Bearer {ReadToken}\r\n");
        await server.SendRawAsync("GET /planted HTTP/1.1\r\nHost: localhost\r\nplanted\r\n\r\n");
        await server.SendAsync("DELETE", "/v1/users/planted-id", $"Authorization: Bearer {ReadToken}\r\n");
        await server.Server.DrainAsync(TimeSpan.FromSeconds(5), TimeProvider.System);

        Assert.Contains("Draining", server.Log); // the log is on
        Assert.DoesNotContain("planted", server.Log);
        Assert.DoesNotContain(ReadToken, server.Log);
    }
}

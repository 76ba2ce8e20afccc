using System.Net;
using System.Text;
using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Http;

namespace FastEnrich.Sidecar.Tests;

public sealed class HttpServerTests
{
    [Theory]
    [MemberData(nameof(OddIds.All), MemberType = typeof(OddIds))]
    public async Task GetProfile_OddIdInThePath_IsServedUnderItsOwnName(string userId)
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync("GET", $"/v1/users/{Encode(userId)}/profile");

        if (userId.Contains('\0'))
        {
            Assert.Equal(400, response.Status); // Kestrel refuses %00 in a path: documented, and the query form carries it
            return;
        }

        Assert.Equal(200, response.Status);
        Assert.Equal(userId, response.UserId);
    }

    [Theory]
    [MemberData(nameof(OddIds.All), MemberType = typeof(OddIds))]
    public async Task GetProfile_OddIdInTheQuery_IsServedUnderItsOwnName(string userId)
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync("GET", $"/v1/profile?user_id={Encode(userId)}");

        Assert.Equal(200, response.Status);
        Assert.Equal(userId, response.UserId);
    }

    [Theory]
    [MemberData(nameof(OddIds.All), MemberType = typeof(OddIds))]
    public async Task GetProfile_OddIdOverHttp2_IsServedUnderItsOwnName(string userId)
    {
        await using var server = await ServerFixture.StartAsync();
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var response = await client.GetAsync($"http://127.0.0.1:{server.Port}/v1/profile?user_id={Encode(userId)}");

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(userId, System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("user_id").GetString());
    }

    [Theory]
    [InlineData("/v1/users/../profile", "..")]
    [InlineData("/v1/users/./profile", ".")]
    [InlineData("/v1/users/a+b/profile", "a+b")]
    [InlineData("/v1/users/a%2fb/profile", "a/b")]
    [InlineData("http://localhost/v1/users/a%2Fb/profile", "a/b")]
    [InlineData("/v1/profile?user_id=a+b", "a b")]
    [InlineData("/v1/profile?view=full&user_id=a=b", "a=b")]
    [InlineData("/v1/users/profile/profile", "profile")]
    public async Task GetProfile_TargetAsWritten_MeansThatId(string target, string expected)
    {
        await using var server = await ServerFixture.StartAsync();

        Assert.Equal(expected, (await server.SendAsync("GET", target)).UserId);
    }

    [Theory]
    [InlineData("/v1/users//profile", "a user id must not be empty")]
    [InlineData("/v1/profile?user_id=", "a user id must not be empty")]
    [InlineData("/v1/profile", "the query parameter user_id is missing")]
    [InlineData("/v1/users/%ED%A0%80/profile", "the user id is not percent-encoded, well-formed UTF-8")]
    [InlineData("/v1/users/%C0%AF/profile", "the user id is not percent-encoded, well-formed UTF-8")]
    [InlineData("/v1/profile?user_id=%ED%A0%80", "a part of the request target is not percent-encoded UTF-8")]
    [InlineData("/v1/profile?user_id=%4", "a part of the request target is not percent-encoded UTF-8")]
    [InlineData("/v1/profile?user_id=%zz", "a part of the request target is not percent-encoded UTF-8")]
    [InlineData("/v1/profile?user_id=a&user_id=b", "a query parameter is given twice")]
    [InlineData("/v1/users/a/profile?user_id=b", "user_id is given twice, in the path and in the query")]
    [InlineData("/v1/users/a/profile?dedline=5", "the query parameters are plugins, deadline, view and identity.{name}, and user_id on /v1/profile")]
    [InlineData("/v1/users/a/profile?view=half", "view is full or merged")]
    [InlineData("/v1/users/a/profile?plugins=", "plugins is a list of 1 to 64 names, as in plugins=hubspot,x")]
    [InlineData("/v1/users/a/profile?plugins=fake,nope", "plugins names a plugin that does not run here")]
    [InlineData("/v1/users/a/profile?identity.email=", "a request has at most 16 identities, with names of 1 to 64 and values of 1 to 512 UTF-8 bytes")]
    public async Task GetProfile_WrongRequest_IsAProblemInOurWords(string target, string detail)
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync("GET", target);

        Assert.Equal(400, response.Status);
        Assert.Equal("application/problem+json", response.Headers["Content-Type"]);
        Assert.Equal(detail, response.Json.GetProperty("detail").GetString());
        Assert.Equal(400, response.Json.GetProperty("status").GetInt32());
        Assert.Empty(server.Enricher.Calls);
    }

    [Theory]
    [InlineData("/v1/users/{0}/profile")]
    [InlineData("/v1/profile?user_id={0}")]
    public async Task GetProfile_IdOfTenKilobytes_EchoesSixtyFourCharacters(string target)
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync("GET", string.Format(target, string.Concat(Enumerable.Repeat("%C3%A9", 5000))));

        Assert.Equal(400, response.Status);
        Assert.Equal("a user id has at most 512 UTF-8 bytes", response.Json.GetProperty("detail").GetString());
        Assert.Equal(new string('é', 64), response.UserId);
    }

    [Theory]
    [InlineData("5s", 5)]
    [InlineData("1h", 30)]
    [InlineData(null, null)]
    public async Task GetProfile_Deadline_IsClampedToTheMaximum(string? deadline, int? seconds)
    {
        await using var server = await ServerFixture.StartAsync();

        await server.SendAsync("GET", "/v1/users/a/profile" + (deadline is null ? "" : $"?deadline={deadline}"));

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, Assert.Single(server.Enricher.Calls).Options.Deadline);
    }

    [Fact]
    public async Task GetProfile_MaximumBelowTheEngines_BoundsRequestsWithoutADeadline()
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { MaxDeadline = TimeSpan.FromSeconds(1) });

        await server.SendAsync("GET", "/v1/users/a/profile");

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(server.Enricher.Calls).Options.Deadline);
    }

    [Fact]
    public async Task GetProfile_EngineTimeoutChangedSinceTheStart_IsMeasuredAgainstTheMaximum()
    {
        await using var server = await ServerFixture.StartAsync(configure: o => o with { MaxDeadline = TimeSpan.FromSeconds(15) });

        await server.SendAsync("GET", "/v1/users/a/profile");
        server.EngineTimeout = TimeSpan.FromSeconds(20);
        await server.SendAsync("GET", "/v1/users/a/profile");

        Assert.Equal([null, TimeSpan.FromSeconds(15)], server.Enricher.Calls.Select(static call => call.Options.Deadline));
    }

    [Fact]
    public async Task GetProfile_FromMemory_SaysHitAndAge()
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync("GET", "/v1/users/a/profile?plugins=fake,other&view=merged");

        Assert.Equal("hit", response.Headers["X-Cache"]);
        Assert.Equal("no-store", response.Headers["Cache-Control"]);
        Assert.Equal("application/json", response.Headers["Content-Type"]);
        Assert.Matches(@"^own;dur=\d+\.\d{3}$", response.Headers["Server-Timing"]);
        Assert.InRange(long.Parse(response.Headers["Age"]), (long)(DateTimeOffset.UtcNow - FakeEnricher.FetchedAt).TotalSeconds - 60, long.MaxValue);
        Assert.False(response.Json.TryGetProperty("enrichments", out _));
        Assert.Equal(["fake", "other"], Assert.Single(server.Enricher.Calls).Options.Plugins!);
        Assert.DoesNotContain("Server", response.Headers.Keys);
    }

    [Fact]
    public async Task GetProfile_FromUpstream_SaysMissAndHowLongItWaited()
    {
        var gate = new TaskCompletionSource();
        await using var server = await ServerFixture.StartAsync(new FakeEnricher { Gate = gate.Task });

        var sending = server.SendAsync("GET", "/v1/users/a/profile");
        while (server.Enricher.Calls.IsEmpty)
        {
            await Task.Yield();
        }

        gate.SetResult();
        var response = await sending;

        Assert.Equal("miss", response.Headers["X-Cache"]);
        Assert.Matches(@"^own;dur=\d+\.\d{3}, upstream;dur=\d+\.\d{3}$", response.Headers["Server-Timing"]);
    }

    [Fact]
    public async Task GetProfile_KeptConnection_AnswersEachRequestWithItsOwnUser()
    {
        await using var server = await ServerFixture.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };

        for (var i = 0; i < 50; i++)
        {
            var json = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync($"/v1/users/u{i}/profile")).RootElement;
            Assert.Equal($"u{i}", json.GetProperty("user_id").GetString());
        }
    }

    [Fact]
    public async Task GetProfile_EngineThrows_AnswersInOurWordsAndLogsNoId()
    {
        await using var server = await ServerFixture.StartAsync(new FakeEnricher { Throws = new InvalidOperationException("planted-id secret") });

        var response = await server.SendAsync("GET", "/v1/users/planted-id/profile");

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("planted", response.Body);
        Assert.Contains("InvalidOperationException", server.Log);
        Assert.DoesNotContain("planted", server.Log);
    }

    [Fact]
    public async Task GetProfile_Identities_AreUntrustedWithoutAToken()
    {
        await using var server = await ServerFixture.StartAsync();

        await server.SendAsync("GET", "/v1/users/a/profile?identity.email=e%2Be%40example.com");

        var call = Assert.Single(server.Enricher.Calls);
        Assert.Equal("e+e@example.com", call.Identities["email"]);
        Assert.True(call.Options.UntrustedIdentities);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/v1/users/a/b/profile", 404)]
    [InlineData("GET", "/v1/users/a/profile/", 404)]
    [InlineData("GET", "/V1/users/a/profile", 404)]
    [InlineData("PUT", "/v1/users/a/profile", 405)]
    [InlineData("OPTIONS", "/v1/users/a/profile", 405)]
    [InlineData("GET", "/v1/users/a", 405)]
    [InlineData("GET", "/v1/users/a/refresh", 405)]
    [InlineData("POST", "/healthz", 405)]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("GET", "/readyz", 200)]
    public async Task Send_PathAndMethod_DecideOnTheStatus(string method, string target, int status)
    {
        await using var server = await ServerFixture.StartAsync();

        var response = await server.SendAsync(method, target, method == "POST" ? "Content-Length: 0\r\n" : "");

        Assert.Equal(status, response.Status);
        Assert.DoesNotContain(response.Headers.Keys, key => key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Drain_RequestRunning_AnswersItAndIsNoLongerReady()
    {
        var gate = new TaskCompletionSource();
        await using var server = await ServerFixture.StartAsync(new FakeEnricher { Gate = gate.Task });
        var running = server.SendAsync("GET", "/v1/users/a/profile");
        while (server.Enricher.Calls.IsEmpty)
        {
            await Task.Yield();
        }

        var drained = server.Server.DrainAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.False(drained.IsCompleted);
        gate.SetResult();
        await drained;

        Assert.Equal(200, (await running).Status);
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(server.ConnectAsync);
    }

    [Fact]
    public void Server_BeyondLoopbackWithoutToken_RefusesToStart()
    {
        var options = new ServeOptions { Addresses = [new ListenAddress(IPAddress.Any, 0)], Tokens = TokenTable.Parse(null), AllowUnauthenticatedAdmin = true };

        var refusal = Assert.Throws<UsageException>(() => new SidecarServer(
            options, new FakeEnricher().AsHost(), static () => TimeSpan.FromSeconds(1), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System));

        Assert.Contains("no token is configured", refusal.Message);
    }

    /// <summary>Every byte escaped that is not a letter or a digit, dots included, so that no client or parser touches it.</summary>
    internal static string Encode(string userId)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(userId))
        {
            text.Append(char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"%{b:X2}");
        }

        return text.ToString();
    }
}

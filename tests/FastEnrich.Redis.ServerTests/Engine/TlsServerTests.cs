using System.Net;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>A Redis that speaks TLS and asks who is there.</summary>
public sealed class TlsServerTests : IAsyncLifetime
{
    private const string IssuerVariable = "SERedis_IssuerCertPath"; // the client's own; no other test here speaks TLS
    private const string Password = "p%w:/@?";

    // What docs/configuration.md says that a confined user needs.
    private const string Rights = "-@all +hello +auth +ping +echo +client|setname +client|id +hmget +hget +hset +hgetall +hlen +del +pttl +pexpire +eval +evalsha +script|load +publish +subscribe +unsubscribe";

    private readonly string _prefix = RedisServer.NewPrefix();
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task Join_RedissWithTheIssuerKnown_ReadsWritesAndForgets()
    {
        await using var redis = await StartAsync(IPAddress.Loopback);
        Trust(_authority);
        await using var a = await Instance.JoinAsync($"rediss://127.0.0.1:{redis.Port}", _prefix);
        await using var b = await Instance.JoinAsync($"127.0.0.1:{redis.Port},ssl=true", _prefix);

        await SharesAsync(a, b);
        Assert.True((await a.Manager.ForgetAsync("u")).Complete);
        await Eventually.True(() => b.Manager.Inspect("u") is null);
    }

    [Fact]
    public async Task Start_IssuerUnknown_IsRefusedAndRequestsGoOn()
    {
        await using var redis = await StartAsync(IPAddress.Loopback);
        using var another = new TestAuthority();
        Trust(another);

        await RefusesAsync($"rediss://127.0.0.1:{redis.Port}", "AuthenticationFailure");
    }

    [Fact]
    public async Task Start_CertificateOfAnotherHost_IsRefusedAndRequestsGoOn()
    {
        await using var redis = await StartAsync(IPAddress.Parse("127.0.0.2"));
        Trust(_authority);

        await RefusesAsync($"rediss://127.0.0.1:{redis.Port}", "AuthenticationFailure");
    }

    [Fact]
    public async Task Start_ServerSpeaksNoTls_IsRefusedAndRequestsGoOn()
    {
        await using var redis = await RedisProcess.StartAsync(FreePort.Next());
        Trust(_authority);

        await RefusesAsync($"rediss://127.0.0.1:{redis.Port}", "UnableToConnect");
    }

    [Fact]
    public async Task Join_ConfinedUserWithPassword_MayDoAllThatTheTierNeeds()
    {
        await using var redis = await StartAsync(IPAddress.Loopback, Confined(_prefix));
        Trust(_authority);
        var connection = $"rediss://app:{Uri.EscapeDataString(Password)}@127.0.0.1:{redis.Port}";
        await using var a = await Instance.JoinAsync(connection, _prefix);
        await using var b = await Instance.JoinAsync(connection, _prefix);

        await SharesAsync(a, b);
        Assert.True(await a.Manager.DropAsync("crm"));
        Assert.True((await a.Manager.ForgetAsync("u")).Complete);
        await Eventually.True(() => b.Manager.Inspect("u") is null);
    }

    [Theory]
    [InlineData("app:wrong@")]
    [InlineData("another:p%25w%3A%2F%40%3F@")]
    [InlineData("")]
    public async Task Start_WrongUserOrPassword_IsRefusedAndRequestsGoOn(string who)
    {
        await using var redis = await StartAsync(IPAddress.Loopback, Confined(_prefix));
        Trust(_authority);

        await RefusesAsync($"rediss://{who}127.0.0.1:{redis.Port}", "AuthenticationFailure");
    }

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(IssuerVariable, null);
        _authority.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string[] Confined(string prefix) =>
        ["--user", "app", "on", $">{Password}", $"~{prefix}fe:1:*", $"&{prefix}fe:1:messages", .. Rights.Split(' '), "--user", "default", "off"];

    private static void Trust(TestAuthority authority) => Environment.SetEnvironmentVariable(IssuerVariable, authority.CertificatePath);

    private static async Task SharesAsync(Instance a, Instance b)
    {
        await a.Manager.EnrichAsync("u");
        await Eventually.True(async () => (await b.Store.ReadAsync("u", ["crm"], CancellationToken.None)).Slots[0] is not null);
        Assert.Equal("u", await b.CityAsync("u"));
        Assert.Equal(0, b.Crm.Calls);
    }

    private Task<RedisProcess> StartAsync(IPAddress address, params string[] arguments)
    {
        var port = FreePort.Next();
        return RedisProcess.StartAsync(port, [.. _authority.ServerArguments(port, address), .. arguments]);
    }

    /// <summary>The connection fails and the log says why, requests and forgets go on without it and say so, and nothing secret is shown.</summary>
    private async Task RefusesAsync(string connection, string reason)
    {
        var log = new CapturedLog();
        await using var a = await Instance.StartAsync(connection, _prefix, options => options.LoggerFactory = log);
        await Eventually.True(() => log.Has("RedisConnectionLost"));
        Assert.Contains(log.Lines, line => line.Contains($"({reason})", StringComparison.Ordinal));

        Assert.True((await a.Manager.EnrichAsync("u")).Complete);
        Assert.False((await a.Manager.ForgetAsync("u")).Complete);
        Assert.False(a.Store.IsConnected);
        Assert.DoesNotContain(log.Lines, static line => line.Contains(Password, StringComparison.Ordinal) || line.Contains("127.0.0.1", StringComparison.Ordinal));
    }
}

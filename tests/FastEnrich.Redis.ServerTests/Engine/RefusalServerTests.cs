using FastEnrich.Redis.ServerTests.Servers;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>A Redis that answers, and refuses: requests go on, and nothing is said to be done that is not.</summary>
public sealed class RefusalServerTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string _prefix = RedisServer.NewPrefix();
    private RedisProcess? _process;
    private ConnectionMultiplexer? _admin;

    private IServer Admin => _admin!.GetServers()[0];

    private IDatabase Redis => _admin!.GetDatabase();

    [Fact]
    public async Task OutOfMemory_RequestsGoOnForgetsAreHonestAndWritesComeBack()
    {
        await using var a = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        await Admin.ConfigSetAsync("maxmemory-policy", "noeviction");
        await Admin.ConfigSetAsync("maxmemory", "1");

        Assert.Equal("v", await a.CityAsync("v"));
        var receipt = await a.Manager.ForgetAsync("u");
        output.WriteLine($"{receipt}");
        Assert.Equal(await IsForgottenAsync(a, "u"), receipt.L2);
        await Admin.ConfigSetAsync("maxmemory", "0");

        await Eventually.True(() => IsForgottenAsync(a, "u"));
        await WritesComeBackAsync(a);
    }

    [Fact]
    public async Task ReadOnlyReplica_RequestsGoOnAndForgetsAreNotComplete()
    {
        await using var replica = await RedisProcess.StartAsync(FreePort.Next(), "--replicaof", "127.0.0.1", $"{_process!.Port}");
        await using var direct = await JoinAsync();
        await direct.EnrichAndWriteAsync("u", Redis);
        await using var a = await Instance.StartAsync($"127.0.0.1:{replica.Port}", _prefix);

        Assert.Equal("v", await a.CityAsync("v"));
        var receipt = await a.Manager.ForgetAsync("u");

        Assert.False(receipt.Complete);
        Assert.True(await Redis.HashExistsAsync(a.Key("u"), "crm"));
    }

    [Fact]
    public async Task Loading_RequestsGoOnWithinTheBudgetAndTheTierComesBack()
    {
        await using var a = await JoinAsync(static options => options.Engine.L2Timeout = TimeSpan.FromMilliseconds(50));
        await Redis.ScriptEvaluateAsync("for i = 1, 4000 do redis.call('SET', 'k' .. i, i) end");
        await Admin.ConfigSetAsync("key-load-delay", "500"); // us per key: two seconds of loading
        var loading = Admin.ExecuteAsync("DEBUG", "RELOAD");
        var (_, longest) = await a.EnrichUntilAsync(() => loading.IsCompleted);

        await Admin.ConfigSetAsync("key-load-delay", "0");
        output.WriteLine($"longest request {longest.TotalMilliseconds:0} ms");
        Assert.True(longest < TimeSpan.FromMilliseconds(1050), $"{longest}");
        await WritesComeBackAsync(a);
    }

    [Fact]
    public async Task ScriptsForbidden_ReadsGoOnNothingIsWrittenAndForgetsAreNotComplete()
    {
        await using var a = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);
        await Admin.ExecuteAsync("ACL", "SETUSER", "default", "-@scripting");
        await using var b = await JoinAsync();

        Assert.Equal("u", await b.CityAsync("u"));
        Assert.Equal(0, b.Crm.Calls);
        Assert.Equal(new ForgetReceipt(true, false, true), await b.Manager.ForgetAsync("u"));
        Assert.Equal("v", await b.CityAsync("v"));
        await Admin.ExecuteAsync("ACL", "SETUSER", "default", "+@all");

        await Eventually.True(() => IsForgottenAsync(b, "u"));
        await WritesComeBackAsync(b);
    }

    [Fact]
    public async Task NoScriptsAtAll_RequestsGoOnAndForgetsAreNotComplete()
    {
        await using var garnet = new GarnetWithoutScripts();
        await garnet.InitializeAsync();
        await using var a = await Instance.JoinAsync(garnet.Connection, _prefix);

        Assert.Equal("u", await a.CityAsync("u"));

        Assert.Equal(new ForgetReceipt(true, false, true), await a.Manager.ForgetAsync("u"));
    }

    [Fact]
    public async Task ScriptsFlushed_AreLoadedAgain()
    {
        await using var a = await JoinAsync();
        await a.EnrichAndWriteAsync("u", Redis);

        await Admin.ScriptFlushAsync();

        await a.EnrichAndWriteAsync("v", Redis);
        Assert.True((await a.Manager.ForgetAsync("u")).Complete);
    }

    [Fact]
    public async Task GenerationsOfAnotherType_NothingIsReadOrWrittenAndRequestsGoOn()
    {
        await Redis.StringSetAsync(_prefix + "fe:1:generations", "not a hash");

        await using var a = await Instance.StartAsync($"127.0.0.1:{_process!.Port}", _prefix);

        Assert.Equal("u", await a.CityAsync("u"));
        Assert.False(await a.Manager.DropAsync("crm"));
        await Redis.KeyDeleteAsync(_prefix + "fe:1:generations");
        await Eventually.True(() => a.Store.IsConnected);
        await WritesComeBackAsync(a);
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        _process = await RedisProcess.StartAsync(FreePort.Next(), "--enable-debug-command", "yes", "--loading-process-events-interval-bytes", "1024");
        _admin = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_process.Port},allowAdmin=true,asyncTimeout=30000,syncTimeout=30000");
    }

    public async ValueTask DisposeAsync()
    {
        await (_admin?.DisposeAsync() ?? default);
        await (_process?.DisposeAsync() ?? default);
    }

    private Task<Instance> JoinAsync(Action<FastEnrichOptions>? configure = null) => Instance.JoinAsync($"127.0.0.1:{_process!.Port}", _prefix, configure);

    private async Task<bool> IsForgottenAsync(Instance instance, string userId) =>
        !await Redis.HashExistsAsync(instance.Key(userId), "crm") && await Redis.HashExistsAsync(instance.Key(userId), "!");

    /// <summary>Of users that nobody has seen: what was fetched meanwhile is held in memory and not written again.</summary>
    private async Task WritesComeBackAsync(Instance instance)
    {
        var i = 0;
        await Eventually.True(async () =>
        {
            await instance.Manager.EnrichAsync($"after{i}");
            return await Redis.HashExistsAsync(instance.Key($"after{Math.Max(0, i++ - 5)}"), "crm");
        });
    }
}

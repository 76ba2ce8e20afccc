using System.Net.Sockets;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FastEnrich.Redis.Tests.DependencyInjection;

public sealed class AddRedisTests
{
    [Fact]
    public void AddRedis_WithoutAConnection_IsNoTier()
    {
        var options = new FastEnrichOptions().AddRedis();

        Assert.Null(options.CreateStore!(options));
    }

    [Fact]
    public async Task AddRedis_ConnectionFromConfiguration_IsATier()
    {
        var options = new FastEnrichOptions();
        options.Engine.Redis.Connection = Nobody();
        options.AddRedis();

        await using var store = options.CreateStore!(options);

        Assert.IsType<RedisProfileStore>(store);
    }

    [Fact]
    public void AddRedis_ConnectionAndOptionsFromCode_AreStronger()
    {
        var options = new FastEnrichOptions();
        options.Engine.Redis.Connection = "old";
        options.AddRedis("new", static redis => redis.KeyPrefix = "p:");

        Assert.Equal(("new", "p:"), (options.Engine.Redis.Connection, options.Engine.Redis.KeyPrefix));
    }

    [Theory]
    [InlineData("redis://user:secret@")]
    [InlineData("secret=secret")]
    public void Create_ConnectionThatIsNotUnderstood_NamesTheOptionAndNotItsValue(string connection)
    {
        var exception = Assert.Throws<FastEnrichConfigurationException>(() => PluginManager.Create(new FastEnrichOptions().AddRedis(connection)));

        var error = Assert.Single(exception.Errors);
        Assert.Equal(("engine:redis:connection", "***"), (error.Path, error.Found));
        Assert.DoesNotContain("secret", exception.ToString());
    }

    [Fact]
    public void Create_OtherMistakesToo_AreReportedTogether()
    {
        var options = new FastEnrichOptions().AddRedis("secret=secret");
        options.Engine.BulkWindow = 0;

        Assert.Equal(2, Assert.Throws<FastEnrichConfigurationException>(() => PluginManager.Create(options)).Errors.Count);
    }

    [Fact]
    public async Task Create_NobodyListens_EnrichesWithoutTheTier()
    {
        await using var manager = PluginManager.Create(new FastEnrichOptions().AddRedis(Nobody()));
        await manager.StartAsync();

        Assert.True((await manager.EnrichAsync("ann")).Complete);
    }

    [Fact]
    public async Task ForgetAsync_MoreThanAreRemembered_AreCountedAsGivenUp()
    {
        using var meter = new OneMeter();
        await using var store = RedisStoreFactory.Create(new FastEnrichOptions { MeterFactory = meter }.AddRedis(Nobody()))!;
        for (var i = 0; i < RecoveryQueue.Capacity + 3; i++)
        {
            await store.ForgetAsync($"u{i}", CancellationToken.None);
        }

        meter.Observe();

        Assert.Equal(3, meter["fastenrich.redis.forgets_given_up"]);
    }

    [Fact]
    public async Task AddRedis_OnABuilder_ReadsTheConfigurationFirst()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("engine:redis:key_prefix", "p:"), new("engine:redis:connection", "old")]).Build();
        var services = new ServiceCollection();
        RedisSettings? settings = null;
        services.AddFastEnrich(configuration).AddRedis(Nobody(), redis => settings = redis);

        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<PluginManager>();

        Assert.Equal("p:", settings!.KeyPrefix);
        Assert.StartsWith("127.0.0.1", settings.Connection, StringComparison.Ordinal);
    }

    /// <summary>A place where nobody listens: it is taken, and given up again.</summary>
    private static string Nobody()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return socket.LocalEndPoint!.ToString()!;
    }
}

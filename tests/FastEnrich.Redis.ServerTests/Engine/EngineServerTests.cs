using FastEnrich.Redis.ServerTests.Servers;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Engines on one server, under a prefix of the test's own.</summary>
public abstract class EngineServerTests(RedisServer server) : IAsyncLifetime
{
    private readonly string _prefix = RedisServer.NewPrefix();
    private ConnectionMultiplexer? _admin;

    protected RedisServer Server => server;

    private protected ConnectionMultiplexer Admin => _admin!;

    private protected IDatabase Redis => _admin!.GetDatabase();

    private protected string Prefix => _prefix;

    public virtual async ValueTask InitializeAsync()
    {
        server.SkipIfMissing();
        _admin = await server.AdminAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected Task<Instance> JoinAsync(Action<FastEnrichOptions>? configure = null, params string[] plugins) => Instance.JoinAsync(server.Connection, _prefix, configure, plugins);

    private protected Task<Instance> JoinAsync(FaultProxy proxy, Action<FastEnrichOptions>? configure = null, params string[] plugins) => Instance.JoinAsync(proxy.Connection, _prefix, configure, plugins);
}

using System.Net;
using Garnet;
using Garnet.server;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>Garnet, in this process: there on every machine, and different enough from Redis to show what is taken for granted.</summary>
public class GarnetRedis : RedisServer
{
    private readonly int _port = FreePort.Next();
    private readonly bool _scripts;
    private GarnetServer? _server;

    public GarnetRedis()
        : this(scripts: true)
    {
    }

    protected GarnetRedis(bool scripts) => _scripts = scripts;

    public override IReadOnlyList<int> Ports => [_port];

    public override Task KillAsync()
    {
        _server?.Dispose();
        _server = null;
        return Task.CompletedTask;
    }

    public override Task RestartAsync() => StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await KillAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task StartAsync()
    {
        var options = new GarnetServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, _port)],
            LogMemorySize = "64m",
            PageSize = "1m",
            IndexMemorySize = "1m",
            PubSubPageSize = "1m",
            EnableLua = _scripts,
            LuaTransactionMode = true, // otherwise other commands run in the middle of a script, which no Redis allows
            LuaOptions = new LuaOptions(LuaMemoryManagementMode.Native, "", Timeout.InfiniteTimeSpan, LuaLoggingMode.Silent, []),
            QuietMode = true,
        };
        _server = new GarnetServer(options);
        _server.Start();
        return Task.CompletedTask;
    }
}

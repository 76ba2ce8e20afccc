using System.Net;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>A server, or a cluster of them, that one collection of tests shares; every test has a key prefix of its own.</summary>
public abstract class RedisServer : IAsyncLifetime
{
    private static int _prefixes;

    /// <summary>Gets where the nodes listen.</summary>
    public abstract IReadOnlyList<int> Ports { get; }

    /// <summary>Gets why the kind of server is not there; <see langword="null"/> when it is.</summary>
    public virtual string? Missing => null;

    public bool IsCluster => Ports.Count > 1;

    public string Connection => string.Join(',', Ports.Select(static port => $"127.0.0.1:{port}"));

    public static string NewPrefix() => $"t{Environment.ProcessId}-{Interlocked.Increment(ref _prefixes)}:";

    public void SkipIfMissing() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            await StartAsync();
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Ends the server with no chance to say so, as a power cut does.</summary>
    public abstract Task KillAsync();

    /// <summary>Starts an empty server where the killed one was.</summary>
    public abstract Task RestartAsync();

    /// <summary>A connection for the test itself, with commands that the product may not send.</summary>
    public async Task<ConnectionMultiplexer> AdminAsync()
    {
        var options = ConfigurationOptions.Parse(Connection);
        options.AllowAdmin = true;
        options.ConnectTimeout = 10_000;
        options.AsyncTimeout = 10_000;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    /// <summary>A connection to one node alone, also before it is part of a cluster.</summary>
    protected static async Task<ConnectionMultiplexer> AdminAsync(int port)
    {
        var options = new ConfigurationOptions { AllowAdmin = true, ConnectTimeout = 10_000, AsyncTimeout = 10_000, CommandMap = CommandMap.Default };
        options.EndPoints.Add(new IPEndPoint(IPAddress.Loopback, port));
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    protected abstract Task StartAsync();
}

using System.Net;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.ServerTests.Servers;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Redis.Tests.Invalidation;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Redis.ServerTests.Invalidation;

/// <summary>One instance's bus and connection, without an engine.</summary>
internal sealed class BusInstance : IAsyncDisposable, IProfileEraser
{
    private readonly RedisLink _link;
    private readonly BusCommands _commands;

    public BusInstance(string connection, string prefix)
    {
        Assert.True(ConnectionText.TryParse(connection, out var options));
        _link = new RedisLink(options, TimeProvider.System, new RedisTelemetry(null), NullLogger.Instance);
        var keys = new ProfileKeys(prefix);
        _commands = new BusCommands(_link, keys);
        Bus = new InvalidationBus(_commands, keys, this, TimeSpan.FromSeconds(60), TimeProvider.System, NullLogger.Instance);
        Bus.Start(Listener);
        _link.Start();
    }

    public InvalidationBus Bus { get; }

    public RecordingListener Listener { get; } = new();

    /// <summary>Gets the node that messages come from.</summary>
    public EndPoint? Source => _commands.Source;

    public bool Hears => Listener.Heard is [.., not "disconnected"] heard && heard.Contains("connected");

    /// <summary>The drops of a generation, which the instances of a test share the beginning of.</summary>
    public int? DropsOf(string plugin) => (int?)Bus.GenerationOf(plugin);

    public static async Task<BusInstance> JoinAsync(string connection, string prefix)
    {
        var instance = new BusInstance(connection, prefix);
        await Eventually.True(() => instance.Hears);
        return instance;
    }

    public ValueTask<bool> EraseAsync(string userId, CancellationToken cancellationToken) => new(true);

    /// <summary>Waits for the n-th time that something was heard.</summary>
    public Task<TimeSpan> HearsAsync(string what, int times = 1) => Eventually.True(() => Listener.Heard.Count(heard => heard == what) >= times);

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await _link.DisposeAsync();
    }
}

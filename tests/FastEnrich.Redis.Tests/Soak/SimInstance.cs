using FastEnrich.Caching;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Reading;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Redis.Writing;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Soak;

/// <summary>One process: an engine, its tier with all that is real but the connection, and what its engine was told.</summary>
internal sealed class SimInstance : IProfileStore, IProfileStoreListener
{
    private readonly TierWorld _world;
    private readonly RedisProfileStore _store;
    private readonly InvalidationBus _bus;
    private readonly List<(string UserId, DateTimeOffset Since)> _reading = [];
    private IProfileStoreListener? _engine;
    private PluginManager? _manager;

    public SimInstance(TierWorld world, string name, TimeProvider time, RecordCodec codec)
    {
        (_world, Name) = (world, name);
        Wire = new SimWire(world.Server, world.Time);
        var telemetry = new RedisTelemetry(null);
        var logger = NullLogger.Instance;
        var eraser = new ProfileEraser(Wire, world.Keys, telemetry, logger);
        _bus = new InvalidationBus(Wire, world.Keys, eraser, world.Serving, time, logger);
        var reader = new ProfileReader(Wire, new RedisBreakers(time), world.Keys, codec, _bus, 16, time, telemetry);
        var writer = new ProfileWriter(Wire, new RecordSender(Wire, world.Keys, codec, _bus, time, telemetry), _bus, 32, time, telemetry, logger);
        _store = new RedisProfileStore(new RedisLink(new ConfigurationOptions(), time, telemetry, logger), reader, writer, eraser, _bus, telemetry);
        Clock = time;
    }

    public string Name { get; }

    public SimWire Wire { get; }

    public TimeProvider Clock { get; }

    public PluginManager Manager => _manager!;

    /// <summary>Gets or sets what the next plugins are made of.</summary>
    public string DataVersion { get; set; } = "v1";

    /// <summary>Gets or sets the reload that runs, and when the last one was done.</summary>
    public Task? Reload { get; set; }

    public long Reloaded { get; set; }

    public bool IsConnected { get; private set; }

    /// <summary>Gets the connections so far: from which event to which, and when the last of them ended.</summary>
    public List<(long From, long To, DateTimeOffset Ended)> Connections { get; } = [];

    /// <summary>Gets the last time that the engine was told of an erasure, by user, and of a drop, by plugin.</summary>
    public Dictionary<string, long> Heard { get; } = [];

    public void StartWith(PluginManager manager) => _manager = manager;

    public void Start(IProfileStoreListener listener)
    {
        _engine = listener;
        _bus.Start(this);
    }

    /// <summary>Whether Redis is being asked for a user, for no longer than it may be.</summary>
    public bool IsReading(string userId, TimeSpan budget)
    {
        lock (_reading)
        {
            return _reading.Any(reading => reading.UserId == userId && _world.Time.GetUtcNow() - reading.Since <= budget);
        }
    }

    public async ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken)
    {
        var reading = (userId, _world.Time.GetUtcNow());
        lock (_reading)
        {
            _reading.Add(reading);
        }

        try
        {
            return await _store.ReadAsync(userId, plugins, cancellationToken);
        }
        finally
        {
            lock (_reading)
            {
                _reading.Remove(reading);
            }
        }
    }

    public bool TryEnqueueWrite(string userId, EraseToken eraseToken, StoredSlot slot) => _store.TryEnqueueWrite(userId, eraseToken, slot);

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => _store.WaitForRoomAsync(cancellationToken);

    public ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken) => _store.ForgetAsync(userId, cancellationToken);

    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken) => _store.DropAsync(plugin, cancellationToken);

    public void Changed(string userId, IReadOnlyList<string> plugins) => _engine!.Changed(userId, plugins);

    public void Erased(string userId)
    {
        _engine!.Erased(userId);
        Note(userId);
    }

    public void Dropped(string plugin)
    {
        _engine!.Dropped(plugin);
        Note(plugin);
    }

    public void Disconnected()
    {
        _engine!.Disconnected();
        _world.Log($"{Name} is disconnected");
        lock (Heard)
        {
            IsConnected = false;
            if (Connections.Count > 0)
            {
                Connections[^1] = (Connections[^1].From, _world.Next(), _world.Time.GetUtcNow());
            }
        }
    }

    public void Connected()
    {
        lock (Heard)
        {
            IsConnected = true;
            Connections.Add((_world.Next(), long.MaxValue, DateTimeOffset.MaxValue)); // before the engine knows: what is done in between counts as heard
        }

        _engine!.Connected();
        _world.Log($"{Name} is connected");
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private void Note(string name)
    {
        lock (Heard)
        {
            Heard[name] = _world.Next();
        }
    }
}

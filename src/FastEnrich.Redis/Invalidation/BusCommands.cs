using System.Globalization;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Keys;
using StackExchange.Redis;

namespace FastEnrich.Redis.Invalidation;

/// <inheritdoc cref="IBusCommands"/>
internal sealed class BusCommands(RedisLink link, ProfileKeys keys) : IBusCommands
{
    private const int MaxGenerations = 4096; // 64 plugins in many versions; a longer hash is not ours

    private const int MaxNameLength = byte.MaxValue; // as in a message

    private const int MaxDigits = 19;

    private const long MaxGeneration = 1L << 53; // what Lua compares exactly

    // The numbers only ever rise: whichever instance comes last, the largest stays.
    private const string RaiseScript = """
        if (tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') or 0) < tonumber(ARGV[2]) then
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        end
        return 1
        """;

    private ChannelMessageQueue? _queue;
    private Task? _subscribing;

    public event Action? Lost
    {
        add => link.Lost += value;
        remove => link.Lost -= value;
    }

    public event Action? Restored
    {
        add => link.Restored += value;
        remove => link.Restored -= value;
    }

    public bool IsConnected => link.IsConnected;

    private IDatabase Database => link.TryGetDatabase(out var database) ? database : throw Away();

    public Task SubscribeAsync(Action<ReadOnlyMemory<byte>> received)
    {
        if (_subscribing is not { IsCompleted: false })
        {
            _subscribing = ReplaceAsync(received); // one at a time: two would both stay
        }

        return _subscribing;
    }

    public Task PublishAsync(ReadOnlyMemory<byte> message) => Database.PublishAsync(keys.Channel, message);

    public async Task<IReadOnlyDictionary<string, long?>> ReadGenerationsAsync()
    {
        if (await Database.HashLengthAsync(keys.Generations, CommandFlags.DemandMaster).ConfigureAwait(false) > MaxGenerations)
        {
            throw new InvalidDataException("The hash of generations is too long to be ours.");
        }

        var entries = await Database.HashGetAllAsync(keys.Generations, CommandFlags.DemandMaster).ConfigureAwait(false);
        var generations = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Name.Length() <= MaxNameLength)
            {
                generations[(string)entry.Name!] = Read(entry.Value); // names that are no text may look alike
            }
        }

        return generations;
    }

    public Task<long> NextGenerationAsync(string plugin) => Database.HashIncrementAsync(keys.Generations, plugin, 1, CommandFlags.DemandMaster);

    public Task RaiseGenerationAsync(string plugin, long generation) =>
        Database.ScriptEvaluateAsync(RaiseScript, [keys.Generations], [plugin, generation], CommandFlags.DemandMaster);

    private async Task ReplaceAsync(Action<ReadOnlyMemory<byte>> received)
    {
        var subscriber = link.Subscriber ?? throw Away();
        if (Interlocked.Exchange(ref _queue, null) is { } earlier)
        {
            await earlier.UnsubscribeAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it is forgotten here whatever Redis says
        }

        // A queue and not a handler: handlers run side by side, and an erasure may not overtake a change.
        var queue = await subscriber.SubscribeAsync(keys.Channel).ConfigureAwait(false);
        queue.OnMessage(message => received((ReadOnlyMemory<byte>)message.Message));
        _queue = queue;
    }

    private static InvalidOperationException Away() => new("Redis is not connected.");

    private static long? Read(RedisValue value) =>
        value.Length() <= MaxDigits && long.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation <= MaxGeneration
            ? generation
            : null;
}

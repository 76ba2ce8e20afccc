using System.Globalization;
using System.Net;
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

    private const int Slots = 16384;

    // What is there, if it is a number and larger than ARGV[1].
    private const string Later = """
        local raw = redis.call('HGET', KEYS[1], '!')
        local now = raw and tonumber(raw)
        local isLater = now and now > tonumber(ARGV[1]) and now <= 2^53 and string.format('%.0f', now) == raw

        """;

    private const string Begin = """

        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], '!', ARGV[2])
        return {ARGV[2], 0}
        """;

    private const string BeginScript = Later + """
        if isLater then
          return {raw, 0}
        end
        """ + Begin;

    private const string DropScript = Later + """
        local drops = tonumber(redis.call('HGET', KEYS[1], ARGV[3]) or '0')
        if isLater and drops and drops >= 0 and drops < 2^53 and drops == math.floor(drops) then
          redis.call('HSET', KEYS[1], ARGV[3], string.format('%.0f', drops + 1))
          return {raw, drops + 1}
        end
        """ + Begin;

    private volatile EndPoint[] _others = []; // as of the last reading of the generations: later the client may have dropped some that failed

    public event Action<EndPoint?>? Lost
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

    public EndPoint? Source => link.Subscriber?.SubscribedEndpoint(keys.Channel);

    public bool IsAtGenerations => Source is { } source && source.Equals(Cluster?.GetBySlot(keys.Generations)?.EndPoint);

    public bool AreOthersConnected
    {
        get
        {
            var (others, servers) = (_others, Servers);
            return others.Length > 0 && Array.TrueForAll(others, node => Array.Exists(servers, server => server.IsConnected && node.Equals(server.EndPoint)));
        }
    }

    private IServer[] Servers => link.Subscriber?.Multiplexer.GetServers() ?? [];

    private ClusterConfiguration? Cluster =>
        Array.Find(Servers, static server => server is { IsConnected: true, ServerType: ServerType.Cluster, ClusterConfiguration: not null })?.ClusterConfiguration;

    private IDatabase Database => link.TryGetDatabase(out var database) ? database : throw Away();

    public async Task SubscribeAsync(Action<ReadOnlyMemory<byte>> received)
    {
        var subscriber = link.Subscriber ?? throw Away();

        // All there is, also of an attempt that was given up: two would both stay. Nobody waits for a node that hangs to take note of it.
        await subscriber.UnsubscribeAsync(keys.Channel, flags: CommandFlags.FireAndForget).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A queue and not a handler: handlers run side by side, and an erasure may not overtake a change. The client asks one node after the other.
        var queue = await subscriber.SubscribeAsync(keys.Channel).ConfigureAwait(false);
        queue.OnMessage(message => received((ReadOnlyMemory<byte>)message.Message)); // none, if a later attempt has ended this one
    }

    public Task PublishAsync(ReadOnlyMemory<byte> message) => Database.PublishAsync(keys.Channel, message);

    public async Task<IReadOnlyDictionary<string, long?>> ReadGenerationsAsync()
    {
        if (await Database.HashLengthAsync(keys.Generations, CommandFlags.DemandMaster).ConfigureAwait(false) > MaxGenerations)
        {
            throw new InvalidDataException("The hash of generations is too long to be ours.");
        }

        var entries = await Database.HashGetAllAsync(keys.Generations, CommandFlags.DemandMaster).ConfigureAwait(false);
        NoteOthers();
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

    public Task BeginGenerationsAsync(long known, long beginning) =>
        Database.ScriptEvaluateAsync(BeginScript, [keys.Generations], [known, beginning], CommandFlags.DemandMaster);

    public async Task<(long Beginning, long Drops)> DropAsync(string plugin, long known, long beginning)
    {
        RedisValue[] arguments = [Math.Max(1, known) - 1, beginning, plugin]; // the known one will do
        var answer = await Database.ScriptEvaluateAsync(DropScript, [keys.Generations], arguments, CommandFlags.DemandMaster).ConfigureAwait(false);
        return (RedisValue[]?)answer is [var since, var drops] && Read(since) is { } life && Read(drops) is { } count
            ? (life, count)
            : throw new InvalidDataException("That is no count of drops.");
    }

    /// <summary>Remembers the nodes that share all slots with the one that has just answered; none while slots are missing, since then a node is that nobody knows.</summary>
    private void NoteOthers()
    {
        var primaries = Cluster?.Nodes.Where(static node => !node.IsReplica && node.Slots.Count > 0).ToArray() ?? [];
        var isWhole = primaries.Sum(static node => node.Slots.Sum(static range => range.To - range.From + 1)) == Slots;
        var owner = Cluster?.GetBySlot(keys.Generations)?.EndPoint;
        _others = isWhole && owner is not null ? [.. primaries.Select(static node => node.EndPoint!).Where(node => !node.Equals(owner))] : [];
    }

    private static InvalidOperationException Away() => new("Redis is not connected.");

    private static long? Read(RedisValue value) =>
        value.Length() <= MaxDigits && long.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation <= MaxGeneration
            ? generation
            : null;
}

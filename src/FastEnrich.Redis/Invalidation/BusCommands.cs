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

    // The numbers only ever rise: whichever instance comes last, the largest stays.
    private const string RaiseScript = """
        if (tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') or 0) < tonumber(ARGV[2]) then
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        end
        return 1
        """;

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

    public Task<long> NextGenerationAsync(string plugin) => Database.HashIncrementAsync(keys.Generations, plugin, 1, CommandFlags.DemandMaster);

    public Task RaiseGenerationAsync(string plugin, long generation) =>
        Database.ScriptEvaluateAsync(RaiseScript, [keys.Generations], [plugin, generation], CommandFlags.DemandMaster);

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

using System.Net;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Invalidation;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Soak;

/// <summary>
/// One instance's two connections: commands and their answers in order, messages in order. Nothing moves unless the world moves it; cut, what was on its way is
/// lost or done later, and stalled, it waits.
/// </summary>
internal sealed class SimWire : IRedisCommands, IBusCommands
{
    private static readonly EndPoint s_node = new DnsEndPoint("redis", 6379);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1); // the client's

    private readonly Lock _lock = new();
    private readonly SimServer _server;
    private readonly TimeProvider _time;
    private readonly Queue<SimCommand> _sent = new();
    private readonly Queue<SimCommand> _replies = new();
    private readonly Queue<ReadOnlyMemory<byte>> _messages = new();
    private Action<ReadOnlyMemory<byte>>? _received;
    private bool _isSubscribed;

    public SimWire(SimServer server, TimeProvider time)
    {
        (_server, _time) = (server, time);
        server.Wires.Add(this);
    }

    public event Action<EndPoint?>? Lost;

    public event Action? Restored;

    public bool IsConnected { get; private set; } = true;

    /// <summary>Gets or sets whether nothing gets through although nobody says so.</summary>
    public bool IsStalled { get; set; }

    public EndPoint? Source { get; private set; }

    public bool IsAtGenerations => false; // no cluster

    public bool AreOthersConnected => false;

    public bool IsAway(RedisKey key) => false;

    public int SlotOf(RedisKey key) => -1;

    public async Task<RedisValue[]> GetAsync(RedisKey key, RedisValue[] fields) =>
        (RedisValue[])(await Send("get", () => _server.Get(key, fields)).ConfigureAwait(false))!;

    public async Task<RedisResult> EvaluateAsync(string script, RedisKey key, RedisValue[] arguments) =>
        (RedisResult)(await Send("script", () => _server.Evaluate(script, key, arguments)).ConfigureAwait(false))!;

    public async Task SubscribeAsync(Action<ReadOnlyMemory<byte>> received)
    {
        lock (_lock)
        {
            _received = received; // the client's own table: what comes late for an earlier one comes here
        }

        await Send("subscribe", () => _isSubscribed = true).ConfigureAwait(false);
        Source = s_node;
    }

    public Task PublishAsync(ReadOnlyMemory<byte> message) => Send("publish", () =>
    {
        _server.Publish(message);
        return null;
    });

    public async Task<IReadOnlyDictionary<string, long?>> ReadGenerationsAsync()
    {
        var read = (IReadOnlyDictionary<string, string>)(await Send("generations", _server.Generations).ConfigureAwait(false))!;
        return read.ToDictionary(static pair => pair.Key, static pair => long.TryParse(pair.Value, out var generation) ? generation : (long?)null);
    }

    public Task BeginGenerationsAsync(long known, long beginning) => Send("begin", () => _server.Begin(known, beginning));

    public async Task<(long Beginning, long Drops)> DropAsync(string plugin, long known, long beginning) =>
        ((long, long))(await Send("drop", () => _server.Drop(plugin, known, beginning)).ConfigureAwait(false))!;

    /// <summary>The server has a message for this instance.</summary>
    public void Post(ReadOnlyMemory<byte> message)
    {
        if (_isSubscribed)
        {
            _messages.Enqueue(message);
        }
    }

    /// <summary>The server does the next command. All moves are the world's thread's.</summary>
    public bool Execute()
    {
        if (IsStalled || !Take(_sent, out var command))
        {
            return false;
        }

        command.Execute();
        lock (_lock)
        {
            _replies.Enqueue(command);
        }

        return true;
    }

    public bool Reply()
    {
        if (IsStalled || !Take(_replies, out var command))
        {
            return false;
        }

        command.Reply();
        return true;
    }

    public bool Deliver()
    {
        if (IsStalled || !_messages.TryDequeue(out var message))
        {
            return false;
        }

        _received?.Invoke(message);
        return true;
    }

    /// <summary>The client gives up what waits for too long.</summary>
    public void Expire()
    {
        SimCommand[] late;
        lock (_lock)
        {
            late = [.. _sent.Concat(_replies).Where(command => _time.GetUtcNow() - command.SentAt > s_patience)];
        }

        foreach (var command in late)
        {
            command.Fail(new TimeoutException());
        }
    }

    /// <summary>Both connections break. What was sent and not done may be done later.</summary>
    public void Cut(Random random)
    {
        SimCommand[] broken;
        lock (_lock)
        {
            IsConnected = false;
            broken = [.. _sent, .. _replies];
            foreach (var command in _sent)
            {
                if (random.Next(2) == 0)
                {
                    _server.Limbo.Add(command);
                }
            }

            _sent.Clear();
            _replies.Clear();
        }

        CutMessages();
        foreach (var command in broken)
        {
            command.Fail(new IOException("the connection broke"));
        }
    }

    /// <summary>The connection of the messages alone breaks.</summary>
    public void CutMessages()
    {
        IsStalled = false;
        _isSubscribed = false;
        _messages.Clear();
        var source = Source;
        Source = null;
        Lost?.Invoke(source);
    }

    public void Restore()
    {
        IsConnected = true;
        IsStalled = false;
        Restored?.Invoke();
    }

    private Task<object?> Send(string name, Func<object?> execute)
    {
        lock (_lock)
        {
            if (!IsConnected)
            {
                return Task.FromException<object?>(new RedisAwayException());
            }

            var command = new SimCommand(name, execute, _time.GetUtcNow());
            _sent.Enqueue(command);
            return command.Answer;
        }
    }

    private bool Take(Queue<SimCommand> queue, out SimCommand command)
    {
        lock (_lock)
        {
            return queue.TryDequeue(out command!);
        }
    }
}

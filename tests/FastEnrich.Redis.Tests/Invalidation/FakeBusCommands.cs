using System.Net;
using FastEnrich.Redis.Invalidation;
using StackExchange.Redis;

namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>One instance's way to the broker, which can be lost, half open, or refuse one command.</summary>
internal sealed class FakeBusCommands(FakeBroker broker) : IBusCommands
{
    private Action<ReadOnlyMemory<byte>>? _received;

    public event Action<EndPoint?>? Lost;

    public event Action? Restored;

    public bool IsConnected { get; private set; } = true;

    public EndPoint? Source { get; set; } = new DnsEndPoint("heard", 6379);

    /// <summary>Gets where the next subscriptions are made, one after the other.</summary>
    public Queue<EndPoint> Sources { get; } = [];

    public EndPoint? NodeOfGenerations { get; set; }

    public bool IsAtGenerations => Source is not null && Source.Equals(NodeOfGenerations);

    public bool AreOthersConnected { get; set; }

    /// <summary>Gets or sets whether messages reach nobody here although the connection says it is open.</summary>
    public bool IsDeaf { get; set; }

    public bool RefusesPublish { get; set; }

    /// <summary>Gets or sets how Redis answers the next message that is no heartbeat.</summary>
    public Task? Answer { get; set; }

    public bool RefusesRead { get; set; }

    public bool RefusesWrites { get; set; }

    /// <summary>Gets or sets what the readings of the generations from now on wait for.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public int Reads { get; private set; }

    public int Subscriptions { get; private set; }

    public int Published { get; private set; }

    public void Deliver(ReadOnlyMemory<byte> message)
    {
        if (IsConnected && !IsDeaf)
        {
            _received?.Invoke(message);
        }
    }

    public void Lose()
    {
        IsConnected = false;
        Lost?.Invoke(Source);
    }

    /// <summary>The connection to one node of a cluster is lost; <see langword="null"/> when nobody knows to which.</summary>
    public void LoseNode(EndPoint? node) => Lost?.Invoke(node);

    public void Restore()
    {
        IsConnected = true;
        Restored?.Invoke();
    }

    public Task SubscribeAsync(Action<ReadOnlyMemory<byte>> received)
    {
        _received = received;
        Source = Sources.TryDequeue(out var next) ? next : Source;
        Subscriptions++;
        return Task.CompletedTask;
    }

    public Task PublishAsync(ReadOnlyMemory<byte> message)
    {
        Check(RefusesPublish);
        Published++;
        broker.Publish(message);
        if (Answer is not { } answer || (BusMessage.TryParse(message, out var parsed) && parsed.Kind == MessageKind.Heartbeat))
        {
            return Task.CompletedTask;
        }

        Answer = null;
        return answer;
    }

    public async Task<IReadOnlyDictionary<string, long?>> ReadGenerationsAsync()
    {
        Reads++;
        Check(RefusesRead);
        var read = broker.Generations.ToDictionary(static pair => pair.Key, static pair => (long?)pair.Value);
        await Reading;
        return read;
    }

    public Task BeginGenerationsAsync(long known, long beginning)
    {
        Check(false);
        if (RefusesWrites)
        {
            throw new RedisServerException(RedisErrorKind.ReadOnly, CommandFlags.None, "READONLY");
        }

        lock (broker)
        {
            if (broker.Generations.GetValueOrDefault(Generations.Beginning) <= known)
            {
                broker.Begin(beginning);
            }
        }

        return Task.CompletedTask;
    }

    public Task<(long Beginning, long Drops)> DropAsync(string plugin, long known, long beginning)
    {
        Check(RefusesWrites);
        lock (broker)
        {
            if (broker.Generations.GetValueOrDefault(Generations.Beginning) is var since && since < Math.Max(1, known))
            {
                broker.Begin(beginning);
                return Task.FromResult((beginning, 0L));
            }

            return Task.FromResult((since, broker.Generations.AddOrUpdate(plugin, 1, static (_, drops) => drops + 1)));
        }
    }

    private void Check(bool refuses)
    {
        if (!IsConnected || refuses)
        {
            throw new InvalidOperationException("away");
        }
    }
}

using System.Net;
using FastEnrich.Redis.Invalidation;

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

    public bool RefusesIncrement { get; set; }

    public bool RefusesRead { get; set; }

    public bool RefusesRaise { get; set; }

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

    public Task<long> NextGenerationAsync(string plugin)
    {
        Check(RefusesIncrement);
        return Task.FromResult(broker.Generations.AddOrUpdate(plugin, 1, static (_, generation) => generation + 1));
    }

    public Task RaiseGenerationAsync(string plugin, long generation)
    {
        Check(RefusesRaise);
        broker.Generations.AddOrUpdate(plugin, generation, (_, now) => Math.Max(now, generation));
        return Task.CompletedTask;
    }

    private void Check(bool refuses)
    {
        if (!IsConnected || refuses)
        {
            throw new InvalidOperationException("away");
        }
    }
}

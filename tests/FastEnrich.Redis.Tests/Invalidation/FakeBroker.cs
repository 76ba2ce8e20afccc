using System.Collections.Concurrent;
using FastEnrich.Redis.Invalidation;

namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>One Redis in memory for the buses of a test: a channel and the hash of generations.</summary>
internal sealed class FakeBroker
{
    public ConcurrentDictionary<string, long> Generations { get; } = new();

    public List<FakeBusCommands> Instances { get; } = [];

    public void Publish(ReadOnlyMemory<byte> message)
    {
        foreach (var instance in Instances)
        {
            instance.Deliver(message);
        }
    }

    public FakeBusCommands Connect()
    {
        var instance = new FakeBusCommands(this);
        Instances.Add(instance);
        return instance;
    }
}

using System.Collections.Concurrent;
using FastEnrich.Redis.Invalidation;

namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>One Redis in memory for the buses of a test: a channel and the hash of generations.</summary>
internal sealed class FakeBroker
{
    /// <summary>Gets the hash, with a beginning of which only the upper half is not 0, so that a generation is the number of drops.</summary>
    public ConcurrentDictionary<string, long> Generations { get; } = new() { [Redis.Invalidation.Generations.Beginning] = 1L << 32 };

    public List<FakeBusCommands> Instances { get; } = [];

    public void Begin(long beginning)
    {
        Generations.Clear();
        Generations[Redis.Invalidation.Generations.Beginning] = beginning;
    }

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

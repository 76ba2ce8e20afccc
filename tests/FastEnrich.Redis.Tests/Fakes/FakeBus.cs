using System.Collections.Concurrent;
using FastEnrich.Caching;
using FastEnrich.Redis.Invalidation;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A bus that writes down what it is told.</summary>
internal sealed class FakeBus : IInvalidationBus
{
    public long Epoch { get; set; }

    public long Life { get; set; }

    public long? Generation { get; set; } = 0;

    public bool IsReachable { get; set; } = true;

    public HashSet<string> Pending { get; } = [];

    public ConcurrentQueue<string> Published { get; } = new();

    public void Start(IProfileStoreListener listener)
    {
    }

    public ValueTask PublishChangedAsync(string userId, IReadOnlyList<string> plugins)
    {
        Published.Enqueue($"changed {userId} {string.Join(',', plugins)}");
        return ValueTask.CompletedTask;
    }

    public void Superseded(string userId, IReadOnlyList<string> plugins) => Published.Enqueue($"superseded {userId} {string.Join(',', plugins)}");

    public ValueTask<bool> PublishErasedAsync(string userId)
    {
        Published.Enqueue($"erased {userId}");
        return new(IsReachable);
    }

    public void ForgetUnconfirmed(string userId) => Pending.Add(userId);

    public bool IsForgetPending(string userId) => Pending.Contains(userId);

    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken) => new(IsReachable);

    public long? GenerationOf(string plugin) => Generation;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

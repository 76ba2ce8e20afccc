using FastEnrich.Caching;

namespace FastEnrich.Redis.Invalidation;

/// <summary>An instance alone.</summary>
internal sealed class NoInvalidation : IInvalidationBus
{
    public long Epoch => 0;

    public void Start(IProfileStoreListener listener)
    {
    }

    public ValueTask PublishChangedAsync(string userId, IReadOnlyList<string> plugins) => ValueTask.CompletedTask;

    public ValueTask<bool> PublishErasedAsync(string userId) => new(true);

    public void ForgetUnconfirmed(string userId)
    {
    }

    public bool IsForgetPending(string userId) => false;

    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken) => new(false);

    public long? GenerationOf(string plugin) => 0;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using FastEnrich.Caching;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>Waits until the tier is connected.</summary>
internal sealed class JoinedListener : IProfileStoreListener
{
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Joined => _joined.Task;

    public void Connected() => _joined.TrySetResult();

    public void Changed(string userId, IReadOnlyList<string> plugins)
    {
    }

    public void Erased(string userId)
    {
    }

    public void Dropped(string plugin)
    {
    }

    public void Disconnected()
    {
    }
}

using System.Collections.Concurrent;

namespace FastEnrich.Caching;

/// <summary>Keeps waits for reuse; one pool per engine, since a wait refers to its engine's plugins.</summary>
internal sealed class WaitPool
{
    private const int Limit = 1024;

    private readonly ConcurrentQueue<ProfileWait> _waits = new();
    private ProfileWait? _fast;

    /// <summary>A wait that listens to a token is not pooled: a callback on its way might find its next use.</summary>
    public ProfileWait Rent(bool cancellable)
    {
        if (cancellable)
        {
            return new ProfileWait(null);
        }

        return Interlocked.Exchange(ref _fast, null) ?? (_waits.TryDequeue(out var wait) ? wait : new ProfileWait(this));
    }

    public void Return(ProfileWait wait)
    {
        if (Interlocked.CompareExchange(ref _fast, wait, null) is not null && _waits.Count < Limit)
        {
            _waits.Enqueue(wait);
        }
    }
}

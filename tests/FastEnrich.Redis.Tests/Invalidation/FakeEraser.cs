using System.Collections.Concurrent;
using FastEnrich.Redis.Erasing;

namespace FastEnrich.Redis.Tests.Invalidation;

internal sealed class FakeEraser : IProfileEraser
{
    public ConcurrentQueue<string> Asked { get; } = new();

    public Func<string, bool> Confirms { get; set; } = static _ => true;

    public ValueTask<bool> EraseAsync(string userId, CancellationToken cancellationToken)
    {
        Asked.Enqueue(userId);
        return new(Confirms(userId));
    }
}

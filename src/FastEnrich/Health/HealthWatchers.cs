using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FastEnrich.Health;

/// <summary>Hands each change to everybody who watches, through a bounded buffer of their own: a slow reader loses its oldest changes and holds up nobody.</summary>
internal sealed class HealthWatchers
{
    private const int Buffer = 64; // each plugin of a full engine once

    private readonly Lock _lock = new();
    private readonly List<Channel<HealthChange>> _watchers = [];
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _watchers.Count;
            }
        }
    }

    public void Tell(HealthChange change)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(change);
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _watchers.ForEach(static watcher => watcher.Writer.TryComplete());
        }
    }

    public async IAsyncEnumerable<HealthChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = Channel.CreateBounded<HealthChange>(new BoundedChannelOptions(Buffer) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock)
        {
            if (_closed)
            {
                yield break;
            }

            _watchers.Add(own);
        }

        try
        {
            await foreach (var change in own.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(own);
            }
        }
    }
}

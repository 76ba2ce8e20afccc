using System.Threading.Channels;

namespace FastEnrich.Pipeline;

/// <summary>One bulk call: its places, and the users whose turn it is.</summary>
internal sealed class BulkRun(BulkOptions options, bool keep, int window, CancellationToken stop)
{
    private int _unfinished = 1; // the reader
    private Exception? _failure;

    public BulkOptions Options { get; } = options;

    /// <summary>Gets whether the users stay in memory afterwards.</summary>
    public bool Keep { get; } = keep;

    public CancellationToken Stop { get; } = stop;

    /// <summary>Gets how many further users may be read before a profile is taken.</summary>
    public SemaphoreSlim Places { get; } = new(window);

    public Channel<BulkUser> Begun { get; } = Channel.CreateBounded<BulkUser>(window);

    /// <summary>One more delivers its user by itself.</summary>
    public void Enter() => Interlocked.Increment(ref _unfinished);

    /// <summary>The last to leave closes the channel, with what the source threw.</summary>
    public void Exit(Exception? failure)
    {
        _failure ??= failure;
        if (Interlocked.Decrement(ref _unfinished) == 0)
        {
            Begun.Writer.TryComplete(_failure);
        }
    }
}

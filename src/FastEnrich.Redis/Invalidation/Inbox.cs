using System.Threading.Channels;

namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// Messages on their way from the connection's reader to the bus. It is bounded: what does not fit is not lost in silence but makes a gap.
/// </summary>
internal sealed class Inbox
{
    public const int Capacity = 4096; // a quarter of a second at the 16,000 messages a second that one loop hands on

    private readonly Channel<BusMessage> _messages = Channel.CreateBounded<BusMessage>(new BoundedChannelOptions(Capacity)
    {
        SingleReader = true,
        FullMode = BoundedChannelFullMode.Wait, // TryWrite then fails, and nobody waits
    });

    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Puts a message in line; <see langword="false"/> when it has no room.</summary>
    public bool TryPut(in BusMessage message)
    {
        var taken = _messages.Writer.TryWrite(message);
        Signal();
        return taken;
    }

    public bool TryTake(out BusMessage message) => _messages.Reader.TryRead(out message);

    /// <summary>Wakes the bus for another reason than a message.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Completes once there was a signal since the last time.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signals.Reader.ReadAsync(cancellationToken);

    public void Clear()
    {
        while (_messages.Reader.TryRead(out _))
        {
            // They are from before the gap, which covers them.
        }
    }
}

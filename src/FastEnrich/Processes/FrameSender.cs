using System.IO.Pipelines;

namespace FastEnrich.Processes;

/// <summary>Sends frames to a child. What the child has not read yet is bounded: beyond that frames are refused, and nobody waits.</summary>
internal sealed class FrameSender(Stream stream, int maxFrameBytes)
{
    private readonly Lock _lock = new();

    // The bound is ours: a writer never waits.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));

    private long _unsent;
    private bool _completed;

    /// <summary>Gets how many bytes wait for the child.</summary>
    public long Unsent => Volatile.Read(ref _unsent);

    /// <summary>Takes a frame; false when the child has too much to read already, or the sender is completed.</summary>
    /// <param name="payload">The frame's JSON.</param>
    /// <param name="isUrgent">Whether a reserve may be used that calls never fill.</param>
    public bool TrySend(ReadOnlySpan<byte> payload, bool isUrgent = false)
    {
        lock (_lock)
        {
            var size = payload.Length + Frame.HeaderBytes;
            if (_completed || payload.Length > maxFrameBytes || Unsent + size > maxFrameBytes + (long)Frame.HeaderBytes + (isUrgent ? ProcessLimits.UrgentBytes : 0))
            {
                return false;
            }

            Interlocked.Add(ref _unsent, size);
            Frame.Write(_pipe.Writer, payload);
            _ = _pipe.Writer.FlushAsync(); // without a threshold it completes at once
            return true;
        }
    }

    /// <summary>Takes no further frame; the child's input is closed once what was taken is sent.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (!_completed)
            {
                _completed = true;
                _pipe.Writer.Complete();
            }
        }
    }

    /// <summary>Sends until completed, or until the child is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await _pipe.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                foreach (var segment in read.Buffer)
                {
                    await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
                    Interlocked.Add(ref _unsent, -segment.Length);
                }

                _pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }

                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The child is gone; whoever reads from it sees that too.
        }
        finally
        {
            Complete();
            await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}

using System.Buffers;
using System.IO.Pipelines;

namespace FastEnrich.Processes;

/// <content>What the child says.</content>
internal sealed partial class ChildSession
{
    private async Task ReadAsync()
    {
        var reader = PipeReader.Create(_child.Output, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        var reason = "closed its output";
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(_ending.Token).ConfigureAwait(false);
                var buffer = read.Buffer;
                while (Frame.TryRead(ref buffer, _options.MaxFrameBytes, out var payload))
                {
                    await WaitForRateAsync().ConfigureAwait(false);
                    Take(payload);
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    reason = await EndOfOutputAsync(isWhole: buffer.IsEmpty).ConfigureAwait(false);
                    break;
                }
            }
        }
        catch (ProtocolException exception)
        {
            reason = exception.Message;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone.
        }
        finally
        {
            End(reason); // whatever ended the reading: nobody would be answered any more
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>A process that ends closes its output first: its exit code says more.</summary>
    private async Task<string> EndOfOutputAsync(bool isWhole)
    {
        var ending = isWhole ? "closed its output" : "ended in the middle of a frame";
        var patience = _isStopping ? ProcessLimits.ShutdownPatience + ProcessLimits.TerminatePatience : ProcessLimits.DrainPatience;
        return await ExitsWithinAsync(patience).ConfigureAwait(false) && isWhole ? $"exited with code {await _child.Exited.ConfigureAwait(false)}" : ending;
    }

    /// <summary>What is beyond the rate waits, so the child's pipe fills up and the child with it.</summary>
    private async ValueTask WaitForRateAsync()
    {
        var now = _time.GetElapsedTime(_startedAt).Ticks;
        var wait = _rate.Reserve(now) - now;
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds((wait + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond), _time, _ending.Token).ConfigureAwait(false);
        }
    }

    private void Take(in ReadOnlySequence<byte> payload)
    {
        if (payload.IsSingleSegment)
        {
            Take(MessageReader.Read(payload.FirstSpan));
            return;
        }

        var whole = ArrayPool<byte>.Shared.Rent((int)payload.Length);
        try
        {
            payload.CopyTo(whole);
            Take(MessageReader.Read(whole.AsSpan(0, (int)payload.Length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole, clearArray: true); // profiles do not stay in a shared pool
        }
    }

    private void Take(ChildMessage message)
    {
        if (message.Type == MessageType.Hello ? !_handshake.TrySetResult(message.Handshake!) : !_handshake.Task.IsCompleted)
        {
            throw new ProtocolException("did not begin with one handshake");
        }

        switch (message.Type)
        {
            case MessageType.Hello:
                break;
            case MessageType.Pong:
                if (Interlocked.CompareExchange(ref _unansweredPing, 0, message.Id) != message.Id)
                {
                    NoteViolation();
                }

                break;
            default:
                Answer(message);
                break;
        }
    }

    private void Answer(ChildMessage message)
    {
        PendingCall? call;
        lock (_lock)
        {
            if (_pending.Remove(message.Id, out call) && call.IsAbandoned)
            {
                _abandoned--;
                return; // answered too late, as it may be
            }
        }

        if (call is null)
        {
            NoteViolation();
        }
        else if (call.Expected == message.Type && call.Members == message.Results.Count)
        {
            call.Answer.TrySetResult(message);
        }
        else
        {
            call.Answer.TrySetException(ProcessFailure.Mismatch.ToException(_plugin));
            NoteViolation();
        }
    }

    private void NoteViolation()
    {
        if (Interlocked.Increment(ref _violations) > ProcessLimits.MaxViolations)
        {
            throw new ProtocolException("keeps answering what was not asked");
        }
    }
}

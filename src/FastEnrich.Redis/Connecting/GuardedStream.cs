using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// A connection of which each byte that is read was seen by a <see cref="ReplyGuard"/> first. One read at a time, as the client does; a read is its own source, since
/// an asynchronous method around each of them costs a twentieth of the tier's throughput.
/// </summary>
internal sealed class GuardedStream : NetworkStream, IValueTaskSource<int>
{
    private readonly ReplyGuard _guard;
    private readonly Action _completed;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _pending;
    private Memory<byte> _buffer;
    private Action<object?>? _continuation;
    private object? _state;
    private short _version;

    public GuardedStream(Socket socket, ReplyGuard guard)
        : base(socket)
    {
        _guard = guard;
        _completed = () =>
        {
            var (continuation, state) = (_continuation!, _state);
            (_continuation, _state) = (null, null);
            continuation(state);
        };
    }

    public override int Read(Span<byte> buffer)
    {
        var read = base.Read(buffer);
        _guard.Follow(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        (_buffer, _pending) = (buffer, base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false).GetAwaiter());
        return new(this, ++_version);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        Check(token);
        _version++;
        var read = _pending.GetResult();
        _guard.Follow(_buffer.Span[..read]);
        return read;
    }

    // What has failed says so with its result.
    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token)
    {
        Check(token);
        return _pending.IsCompleted ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        (_continuation, _state) = (continuation, state);
        _pending.UnsafeOnCompleted(_completed); // the contexts are the caller's affair: the client's loop wants none
    }

    private void Check(short token)
    {
        if (token != _version)
        {
            throw new InvalidOperationException("A read is awaited once.");
        }
    }
}

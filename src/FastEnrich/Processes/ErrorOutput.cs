using System.Text;

namespace FastEnrich.Processes;

/// <summary>Drains standard error, so that the child never blocks on it, and keeps the last lines. They may hold ids, and are logged nowhere.</summary>
internal sealed class ErrorOutput
{
    private const int MaxLines = 32;
    private const int MaxLineBytes = 256;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly byte[] _line = new byte[MaxLineBytes];
    private int _length;
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public string[] Recent()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    public async Task DrainAsync(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone.
        }

        EndLine();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            Append(bytes[..end]);
            EndLine();
            bytes = bytes[(end + 1)..];
        }

        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, MaxLineBytes - _length)]; // what is beyond is dropped
        taken.CopyTo(_line.AsSpan(_length));
        _length += taken.Length;
    }

    private void EndLine()
    {
        if (_length == 0)
        {
            return;
        }

        var text = Encoding.UTF8.GetString(_line, 0, _length);
        _length = 0;
        var shown = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
        lock (_lock)
        {
            Interlocked.Increment(ref _count);
            _lines.Enqueue(shown);
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }
        }
    }
}

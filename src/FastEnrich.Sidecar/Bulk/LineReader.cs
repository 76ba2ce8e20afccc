using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>Cuts a stream into lines (LF or CR LF) and parses them. Holds one line at most, however long the line or the input.</summary>
internal static class LineReader
{
    public static async IAsyncEnumerable<InputLine> ReadAllAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var number = 0L;
        string? overlong = null; // set while the rest of an over-long line is skipped
        var skipping = false;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (TryCutLine(ref buffer, out var line))
            {
                number++;
                yield return skipping ? InputLine.Refused(number, InputParser.TooLong, overlong) : InputParser.Parse(number, WithoutMark(number, line));
                skipping = false;
            }

            if (!skipping && buffer.Length > InputParser.MaxLineBytes)
            {
                overlong = Excerpt(buffer);
                skipping = true;
            }

            if (skipping)
            {
                buffer = buffer.Slice(buffer.End);
            }

            if (result.IsCompleted)
            {
                if (skipping)
                {
                    yield return InputLine.Refused(number + 1, InputParser.TooLong, overlong);
                }
                else if (buffer.Length > 0)
                {
                    yield return InputParser.Parse(number + 1, WithoutMark(number + 1, buffer));
                }

                break;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync();
    }

    private static bool TryCutLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r')
        {
            line = line.Slice(0, line.Length - 1);
        }

        return true;
    }

    /// <summary>Without the byte order mark that some editors put before the first line.</summary>
    private static ReadOnlySequence<byte> WithoutMark(long number, ReadOnlySequence<byte> line)
    {
        if (number != 1 || line.Length < 3)
        {
            return line;
        }

        Span<byte> head = stackalloc byte[3];
        line.Slice(0, 3).CopyTo(head);
        return head.SequenceEqual("\uFEFF"u8) ? line.Slice(3) : line;
    }

    private static string? Excerpt(in ReadOnlySequence<byte> line) =>
        InputParser.Excerpt(line.Slice(0, UserIdExcerpt.MaxChars * 4).ToArray());
}

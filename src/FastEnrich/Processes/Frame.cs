using System.Buffers;
using System.Buffers.Binary;

namespace FastEnrich.Processes;

/// <summary>A frame is its length, four bytes with the highest first, and that many bytes of JSON.</summary>
internal static class Frame
{
    public const int HeaderBytes = 4;

    /// <summary>Cuts the next frame off the buffer; false while it is not whole. A length is refused before its bytes are waited for.</summary>
    /// <exception cref="ProtocolException">The length is zero or beyond the limit.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxBytes, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length == 0 || length > (uint)maxBytes)
        {
            throw new ProtocolException(length == 0 ? "sent an empty frame" : "sent a frame beyond max_frame");
        }

        if (buffer.Length - HeaderBytes < length)
        {
            return false;
        }

        payload = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(payload.End);
        return true;
    }

    public static void Write(IBufferWriter<byte> writer, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(HeaderBytes), payload.Length);
        writer.Advance(HeaderBytes);
        writer.Write(payload);
    }
}

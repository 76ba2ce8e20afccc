using System.Buffers;

namespace FastEnrich;

/// <summary>Reads a body into memory up to a limit that counts decompressed bytes.</summary>
internal static class UpstreamBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Returns <see langword="null"/> when the body is larger than <paramref name="limit"/>; at most one byte beyond it has been read then.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        // Absent for compressed bodies: the handler removes the length that counts compressed bytes.
        if (content.Headers.ContentLength is { } announced && announced > limit)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, limit) + 1);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    Grow(ref buffer, length, limit);
                }

                // One byte more than the limit tells a body that fits from one that goes on.
                var room = Math.Min(buffer.Length, limit + 1L) - length;
                var read = await stream.ReadAsync(buffer.AsMemory(length, (int)room), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer.AsSpan(0, length).ToArray();
                }

                length += read;
                if (length > limit)
                {
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true); // it held a user's data
        }
    }

    private static void Grow(ref byte[] buffer, int length, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limit + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }
}

using System.Buffers;
using System.Text.Json;

namespace FastEnrich;

/// <summary>The bytes of a <see cref="UserEnrichment"/>: what both tiers hold and answers are stitched from.</summary>
internal static class EnrichmentJson
{
    // A thread keeps a buffer of this size at most: one huge result must not stay for ever.
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>Encodes into an array of exactly the needed size, and allocates nothing else in the long run.</summary>
    /// <exception cref="OverflowException">A duration is beyond 292 years.</exception>
    /// <exception cref="InvalidOperationException">An open map holds what is no JSON, such as an undefined element or half of a surrogate pair.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static byte[] Encode(UserEnrichment enrichment)
    {
        var buffer = t_buffer ?? new ArrayBufferWriter<byte>(1024);
        t_buffer = null;
        buffer.ResetWrittenCount();
        var writer = ProfileJson.Rent(buffer);
        try
        {
            EnrichmentWriter.Write(writer, enrichment);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            ProfileJson.Return(writer);
            t_buffer = buffer.Capacity <= KeptBytes ? buffer : null;
        }
    }

    /// <exception cref="JsonException">The bytes are not an enrichment.</exception>
    public static UserEnrichment Decode(ReadOnlyMemory<byte> utf8) =>
        JsonSerializer.Deserialize(utf8.Span, FastEnrichJsonContext.Default.UserEnrichment) ?? throw new JsonException("an enrichment is a JSON object");
}

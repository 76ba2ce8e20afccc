using System.Text.Json;

namespace FastEnrich;

/// <summary>The bytes of a <see cref="UserEnrichment"/>: what both tiers hold and answers are stitched from.</summary>
internal static class EnrichmentJson
{
    /// <summary>Encodes into an array of exactly the needed size; the serializer's own pooled buffer is the only other memory.</summary>
    public static byte[] Encode(UserEnrichment enrichment) =>
        JsonSerializer.SerializeToUtf8Bytes(enrichment, FastEnrichJsonContext.Default.UserEnrichment);

    /// <exception cref="JsonException">The bytes are not an enrichment.</exception>
    public static UserEnrichment Decode(ReadOnlyMemory<byte> utf8) =>
        JsonSerializer.Deserialize(utf8.Span, FastEnrichJsonContext.Default.UserEnrichment) ?? throw new JsonException("an enrichment is a JSON object");
}

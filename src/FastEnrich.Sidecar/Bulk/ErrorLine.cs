using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>What stands in the output in place of a refused line.</summary>
internal static class ErrorLine
{
    // Relaxed: the output is NDJSON for programs, never HTML; ids stay readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(InputLine line, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, s_options);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("line"u8, line.Number);
        writer.WriteString("message"u8, line.Problem);
        if (line.Excerpt is { Length: > 0 } excerpt)
        {
            writer.WriteString("user_id"u8, excerpt);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}

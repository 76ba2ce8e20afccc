using System.Text;
using System.Text.Json;

namespace FastEnrich.Configuration;

/// <summary>Reads JSON with comments and trailing commas, as .NET's own JSON configuration does.</summary>
internal static class JsonDocumentReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 64, // the builder's limit comes first, and knows the place
    };

    public static void Read(ReadOnlySpan<byte> utf8, ConfigDocumentBuilder builder)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(utf8, Options);
        var (line, lineStart, scanned) = (1, 0, 0);
        try
        {
            while (!builder.IsBroken && reader.Read())
            {
                var at = (int)reader.TokenStartIndex;
                for (; scanned < at; scanned++)
                {
                    if (utf8[scanned] == '\n')
                    {
                        (line, lineStart) = (line + 1, scanned + 1);
                    }
                }

                Take(ref reader, builder, line, Encoding.UTF8.GetCharCount(utf8[lineStart..at]) + 1);
            }
        }
        catch (JsonException exception)
        {
            // The reader's message may quote the text around the mistake, so it is not repeated.
            builder.Break("well-formed JSON", (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            builder.Break("text whose surrogates are paired", line, 1);
        }
    }

    private static void Take(ref Utf8JsonReader reader, ConfigDocumentBuilder builder, int line, int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                builder.Start(reader.TokenType == JsonTokenType.StartArray, line, column);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.End();
                break;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                var text = reader.GetString()!;
                builder.Scalar(text, text, line, column);
                break;
            case JsonTokenType.Null:
                builder.Scalar(null, "", line, column);
                break;
            default:
                var raw = Encoding.UTF8.GetString(reader.ValueSpan);
                builder.Scalar(raw, raw, line, column);
                break;
        }
    }
}

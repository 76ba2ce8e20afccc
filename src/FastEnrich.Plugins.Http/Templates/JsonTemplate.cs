using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FastEnrich.Plugins.Http.Templates;

/// <summary>A JSON body with placeholders inside its texts; each value is escaped as JSON, so it cannot leave its text. Immutable.</summary>
internal sealed class JsonTemplate
{
    private readonly List<(byte[] Json, TemplateText? Text)> _pieces = [];

    public IEnumerable<TemplateText> Texts => _pieces.Select(static piece => piece.Text).OfType<TemplateText>();

    /// <summary>Reads a body, and says what is wrong with it.</summary>
    public static JsonTemplate Parse(string text, string where, bool batch, ICollection<string> errors)
    {
        var template = new JsonTemplate();
        var json = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(json);
        var copied = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
                {
                    continue;
                }

                var value = TemplateText.Parse(reader.GetString()!, where, batch, errors);
                if (value.IsLiteral)
                {
                    continue;
                }

                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    errors.Add($"{where}: a placeholder must not stand in a name");
                }
                else if (!value.IsKeys && value.Parts.Any(static part => part is { IsPlaceholder: true, Text: TemplateText.Keys }))
                {
                    errors.Add($"{where}: \"{{keys}}\" must be a whole text, which becomes a list");
                }

                var start = (int)reader.TokenStartIndex;
                template._pieces.Add((json[copied..start], null));
                template._pieces.Add(([], value));
                copied = (int)reader.BytesConsumed;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            errors.Add($"{where}: not the JSON that body_format says; placeholders stand inside texts, as in {{\"id\": \"{{user_id}}\"}}");
        }

        template._pieces.Add((json[copied..], null));
        return template;
    }

    /// <summary>Makes the body of a request; <see langword="null"/> when a value is missing.</summary>
    public byte[]? ToBytes(TemplateValues values)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        foreach (var (json, text) in _pieces)
        {
            buffer.Write(json);
            if (text is { IsKeys: true })
            {
                WriteKeys(buffer, values.Keys);
            }
            else if (text is not null)
            {
                if (ValueOf(text, values) is not { } value)
                {
                    return null;
                }

                WriteText(buffer, value);
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string? ValueOf(TemplateText text, TemplateValues values)
    {
        var value = new StringBuilder();
        foreach (var part in text.Parts)
        {
            if ((part.IsPlaceholder ? values[part.Text] : part.Text) is not { } piece)
            {
                return null;
            }

            value.Append(piece);
        }

        return value.ToString();
    }

    private static void WriteKeys(ArrayBufferWriter<byte> buffer, IReadOnlyList<string> keys)
    {
        buffer.Write("["u8);
        for (var i = 0; i < keys.Count; i++)
        {
            buffer.Write(i > 0 ? ","u8 : default);
            WriteText(buffer, keys[i]);
        }

        buffer.Write("]"u8);
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string text)
    {
        buffer.Write("\""u8);
        buffer.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        buffer.Write("\""u8);
    }
}

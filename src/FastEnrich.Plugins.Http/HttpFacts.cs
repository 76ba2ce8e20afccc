using System.Buffers;
using System.Text.Json;
using FastEnrich.Plugins.Http.Paths;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Http;

/// <summary>Copies values of any shape out of an answer, so that a profile does not hold on to all of it.</summary>
internal static class HttpFacts
{
    private const int MaxBytes = 16 * 1024; // of one fact
    private const int MaxDepth = 16; // a profile nests it deeper

    private static readonly JsonWriterOptions s_options = new() { MaxDepth = MaxDepth };

    public static IReadOnlyDictionary<string, JsonElement>? Read(KeyValuePair<string, JsonPath>[] paths, JsonElement user)
    {
        if (paths.Length == 0)
        {
            return null;
        }

        var facts = new FactsBuilder();
        foreach (var (name, path) in paths)
        {
            if (Copy(path.First(user)) is { } json)
            {
                facts.Add(name, writer => writer.WriteRawValue(json.Span, skipInputValidation: true));
            }
        }

        return facts.Build();
    }

    /// <summary>Returns <see langword="null"/> for nothing, too much, too deep, and text that is no well-formed Unicode.</summary>
    private static ReadOnlyMemory<byte>? Copy(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || value.ValueKind == JsonValueKind.String && JsonValues.Exact(value) is not { Length: > 0 })
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, s_options);
        try
        {
            value.WriteTo(writer);
            writer.Flush();
            return buffer.WrittenCount <= MaxBytes ? buffer.WrittenMemory : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}

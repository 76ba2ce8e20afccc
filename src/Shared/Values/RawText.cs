using System.Text.Json;

namespace FastEnrich.Plugins.Values;

/// <summary>Reads the text of a JSON value that may be of another kind, or no well-formed Unicode: such a value is dropped, never its record.</summary>
internal static class RawText
{
    /// <summary>Reads a string, or a number as it is written; nothing else.</summary>
    public static string? Of(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetRawText() : Read(element);

    /// <summary>Reads a string; nothing else.</summary>
    public static string? Read(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate or broken UTF-8
        }
    }
}

using System.Text.Json;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>Reads the text of a JSON string that may not be well-formed Unicode.</summary>
internal static class RawText
{
    /// <summary>Reads a string, or a number as it is written; nothing else.</summary>
    public static string? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Read(element),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    public static string? Read(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate or broken UTF-8: this value is dropped, not its record
        }
    }
}

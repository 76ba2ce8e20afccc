using System.Text.Json;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>Reads the text of a JSON string that may not be well-formed Unicode.</summary>
internal static class RawText
{
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

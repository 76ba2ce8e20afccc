using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot.Payloads;

/// <summary>The rule for record ids: 1 to 19 digits.</summary>
internal static class RecordIds
{
    public static bool IsValid(string? text) => text is { Length: > 0 and <= 19 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    public static string? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => Checked(element.GetRawText()),
        JsonValueKind.String => Checked(RawText.Read(element)),
        _ => null,
    };

    private static string? Checked(string? text) => IsValid(text) ? text : null;
}

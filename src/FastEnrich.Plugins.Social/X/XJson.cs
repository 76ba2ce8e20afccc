using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Reads single values of answers; one that cannot be what it should be is absent.</summary>
internal static class XJson
{
    private const int MaxTextLength = 1024; // longer ones are posts, not facts of a profile
    private const long MaxCount = 1_000_000_000_000;

    /// <summary>Returns a trimmed text of 1 to 1,024 characters of well-formed Unicode.</summary>
    public static string? Text(JsonElement element) => RawText.Read(element)?.Trim() is { Length: > 0 and <= MaxTextLength } text ? text : null;

    /// <summary>Returns a whole number from zero to 10^12, written as a number or, as the API's newer parts do, as a text.</summary>
    public static long? Count(JsonElement element)
    {
        var text = element.ValueKind == JsonValueKind.Number ? element.GetRawText() : Text(element);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxCount ? count : null;
    }

    public static double? Share(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var share) && share is >= 0 and <= 1 ? share : null;

    public static bool? Flag(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static DateTimeOffset? Time(JsonElement element) => Instant.Parse(Text(element));

    /// <summary>Returns the elements of a list; none when it is no list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>Returns a member of an object; nothing when there is none.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;
}

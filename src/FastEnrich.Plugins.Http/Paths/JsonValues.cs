using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Http.Paths;

/// <summary>Reads values of an answer; one that cannot be what it should be is absent.</summary>
internal static class JsonValues
{
    private const int MaxTextLength = 1024; // longer ones are notes, not facts of a profile
    private const int MaxTexts = 1000;
    private const decimal MaxCount = 1_000_000_000_000m;

    /// <summary>Returns a trimmed text of 1 to 1,024 characters; numbers and truths are texts too.</summary>
    public static string? Text(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => RawText.Read(value)?.Trim(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 and <= MaxTextLength } ? text : null;
    }

    /// <summary>Returns a text exactly as it stands, numbers as they are written.</summary>
    public static string? Exact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => RawText.Read(value),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    public static decimal? Number(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(Text(value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Returns a whole number from zero to 10^12.</summary>
    public static long? Count(JsonElement value) => Number(value) is { } number && number is >= 0 and <= MaxCount ? (long)number : null;

    public static DateTimeOffset? Time(JsonElement value) => Instant.Parse(Text(value));

    /// <summary>Returns the texts of several values, of lists, and of a text with commas or semicolons; no two alike.</summary>
    public static string[] Texts(IEnumerable<JsonElement> values) =>
        [.. values.SelectMany(Parts).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxTexts)];

    private static IEnumerable<string> Parts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Take(MaxTexts).Select(Text).OfType<string>(),
        JsonValueKind.String => Text(value)?.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        _ => Text(value) is { } text ? [text] : [],
    };
}

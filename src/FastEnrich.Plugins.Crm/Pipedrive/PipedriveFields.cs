using System.Text.Json;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>
/// Reads values of custom fields, whatever their type: texts, numbers, options with their labels, lists of options, money, addresses, ranges.
/// </summary>
internal static class PipedriveFields
{
    private const int MaxParts = 100;

    private static readonly string[] s_members = ["label", "value"]; // of an option; of money, addresses and ranges

    /// <summary>Returns a person's or deal's value; version 1 of the API keeps custom fields beside all others.</summary>
    public static JsonElement Of(PipedriveRecord record, string key) =>
        key.Length == 0 ? default
        : record["custom_fields"].ValueKind == JsonValueKind.Object ? record.Object("custom_fields")[key]
        : record[key];

    /// <summary>Returns a single text; for several options, the texts with commas between.</summary>
    public static string? TextOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var parts = string.Join(", ", PartsOf(value));
            return parts.Length > 0 ? parts : null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? s_members.Select(new PipedriveRecord(value).Text).FirstOrDefault(static text => text is not null)
            : PipedriveRecord.TextOf(value);
    }

    /// <summary>Returns a text that is a word: an option's number without its label says nothing to anybody.</summary>
    public static string? WordOf(JsonElement value) => TextOf(value) is { } text && !text.All(char.IsAsciiDigit) ? text : null;

    /// <summary>Returns a number, that of money included.</summary>
    public static decimal? NumberOf(JsonElement value) =>
        PipedriveRecord.NumberOf(value.ValueKind == JsonValueKind.Object ? new PipedriveRecord(value)["value"] : value);

    /// <summary>Returns the words of several options; a text is split at commas and semicolons.</summary>
    public static IEnumerable<string> WordsOf(JsonElement value) =>
        PartsOf(value).Where(static text => !text.All(char.IsAsciiDigit));

    private static IEnumerable<string> PartsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Where(static item => item.ValueKind != JsonValueKind.Array).Take(MaxParts).Select(TextOf).OfType<string>(),
        JsonValueKind.String => TextOf(value)?.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxParts) ?? [],
        _ => TextOf(value) is { } text ? [text] : [],
    };
}

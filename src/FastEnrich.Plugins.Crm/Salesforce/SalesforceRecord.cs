using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastEnrich.Plugins.Crm.Salesforce.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>A record's fields, which only the query knows; a value that cannot be what it should be is absent.</summary>
[JsonConverter(typeof(SalesforceRecordConverter))]
internal sealed class SalesforceRecord
{
    private const int MaxTextLength = 1024; // longer ones are notes, not facts of a profile
    private const decimal MaxCount = 1_000_000_000_000m;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase); // as the API takes names

    public SalesforceRecord(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in record.EnumerateObject())
        {
            try
            {
                _values[property.Name] = property.Value;
            }
            catch (InvalidOperationException)
            {
                // The name is not well-formed Unicode, so it is none that anybody asked for.
            }
        }
    }

    /// <summary>Gets the record's id in its long form.</summary>
    public string? Id => SalesforceIds.Normalize(Text("Id"));

    /// <summary>Gets the id of another record in its long form.</summary>
    public string? Reference(string name) => SalesforceIds.Normalize(Text(name));

    /// <summary>Gets a trimmed text of 1 to 1,024 characters; numbers and flags as they are written.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => RawText.Read(value)?.Trim(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 and <= MaxTextLength } ? text : null;
    }

    public DateTimeOffset? Time(string name) => Instant.Parse(Text(name));

    public bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;

    public decimal? Number(string name) =>
        decimal.TryParse(
            Text(name),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;

    /// <summary>Gets a whole number from zero to 10^12.</summary>
    public long? Count(string name) => Number(name) is { } number && number >= 0 && number <= MaxCount ? (long)number : null;

    /// <summary>Gets the parts of a text with semicolons, as multi-select picklists are stored.</summary>
    public IReadOnlyList<string> Parts(string name) =>
        Text(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Gets a parent record or a compound field.</summary>
    public SalesforceRecord? Child(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Object ? new SalesforceRecord(value) : null;

    /// <summary>Gets the rows of a child query; empty when there are none.</summary>
    public IEnumerable<SalesforceRecord> Children(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(row => new SalesforceRecord(row)) : [];
}

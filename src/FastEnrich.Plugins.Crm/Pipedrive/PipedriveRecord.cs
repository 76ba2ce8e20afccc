using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Reads one object of an answer; a value that cannot be what it should be is absent. Immutable.</summary>
internal sealed class PipedriveRecord
{
    private const int MaxTextLength = 1024; // longer ones are notes, not facts of a profile
    private const int MaxItems = 1000;
    private const decimal MaxCount = 1_000_000_000_000m;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    public PipedriveRecord(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
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

    /// <summary>Gets the raw value; of kind <see cref="JsonValueKind.Undefined"/> when there is none.</summary>
    public JsonElement this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Gets the record's own id.</summary>
    public string? Id => IdOf("id");

    /// <summary>Gets whether the record is in the bin, in the words of either API version.</summary>
    public bool IsDeleted => Flag("is_deleted") == true || Flag("deleted") == true || Flag("active_flag") == false;

    public string? Text(string name) => TextOf(this[name]);

    public bool? Flag(string name) => this[name].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public decimal? Number(string name) => NumberOf(this[name]);

    /// <summary>Gets a whole number from zero to 10^12.</summary>
    public long? Count(string name) => Number(name) is { } number && number >= 0 && number <= MaxCount ? (long)number : null;

    public DateTimeOffset? Time(string name) => this[name].ValueKind == JsonValueKind.String ? Instant.Parse(Text(name)) : null;

    public PipedriveRecord Object(string name) => new(this[name]);

    /// <summary>Gets the id of a linked record: a number now, an object with the number as its value before.</summary>
    public string? IdOf(string name) => this[name] switch
    {
        { ValueKind: JsonValueKind.Number } number => PipedriveIds.Checked(number.GetRawText()),
        { ValueKind: JsonValueKind.String } text => PipedriveIds.Checked(RawText.Read(text)),
        { ValueKind: JsonValueKind.Object } linked when name != "value" => new PipedriveRecord(linked) is var record ? record.IdOf("value") ?? record.IdOf("id") : null,
        _ => null,
    };

    /// <summary>Gets the items of an array, at most a thousand.</summary>
    public IEnumerable<JsonElement> Items(string name) =>
        this[name] is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Take(MaxItems) : [];

    /// <summary>Returns a trimmed text of 1 to 1,024 characters; numbers and truths are texts too.</summary>
    public static string? TextOf(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => RawText.Read(value)?.Trim(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 and <= MaxTextLength } ? text : null;
    }

    public static decimal? NumberOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(
            TextOf(value),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;
}

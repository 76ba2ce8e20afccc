using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Reads a record's property values; a value that cannot be what it should be is absent.</summary>
internal sealed class HubSpotProperties
{
    private const int MaxTextLength = 1024; // longer ones are notes, not facts of a profile
    private const decimal MaxCount = 1_000_000_000_000m;

    private readonly Dictionary<string, string> _values;

    public HubSpotProperties(JsonElement properties)
    {
        _values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                Take(property);
            }
        }
    }

    /// <summary>Gets a trimmed text of 1 to 1,024 characters.</summary>
    public string? Text(string name) => name.Length > 0 ? _values.GetValueOrDefault(name) : null;

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

    /// <summary>Gets a whole number from zero to 10^12; "12.0" is one.</summary>
    public long? Count(string name) => Number(name) is { } number && number >= 0 && number <= MaxCount ? (long)number : null;

    /// <summary>Gets the parts of a text with semicolons, as multiple checkboxes are stored.</summary>
    public IReadOnlyList<string> Parts(string name) =>
        Text(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private void Take(JsonProperty property)
    {
        try
        {
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.String => RawText.Read(property.Value)?.Trim(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => null,
            };
            if (text is { Length: > 0 and <= MaxTextLength })
            {
                _values[property.Name] = text;
            }
        }
        catch (InvalidOperationException)
        {
            // The name is not well-formed Unicode, so it is none that anybody asked for.
        }
    }
}

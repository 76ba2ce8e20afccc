using FastEnrich.Plugins.Http.Paths;

namespace FastEnrich.Plugins.Http;

/// <summary>Reads the paths of fields, and says which are none. Belongs to the set-up.</summary>
internal sealed class HttpFieldPaths(ICollection<string> errors)
{
    private const int MaxEntries = 100;

    public JsonPath Required(string text, string where)
    {
        if (JsonPath.Parse(text) is { } path)
        {
            return path;
        }

        errors.Add($"{where}: no JSON path, as $.name, $.list[0], $['a name'] or $.list[*].name");
        return JsonPath.Parse("$")!;
    }

    public JsonPath? Optional(string? text, string where) => text is null ? null : Required(text, where);

    public KeyValuePair<string, JsonPath>[] Map(IReadOnlyDictionary<string, string>? paths, string where)
    {
        if (paths?.Count > MaxEntries)
        {
            errors.Add($"{where}: at most {MaxEntries} entries");
        }

        return [.. (paths ?? new Dictionary<string, string>()).Select(entry => KeyValuePair.Create(entry.Key, Required(entry.Value, $"{where}:{entry.Key}")))];
    }
}

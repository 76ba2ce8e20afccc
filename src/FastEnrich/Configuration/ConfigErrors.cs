namespace FastEnrich.Configuration;

/// <summary>Collects the mistakes of one configuration and puts them into the order of the file.</summary>
internal sealed class ConfigErrors
{
    private readonly List<LocatedError> _errors = [];

    public int Count => _errors.Count;

    public void Add(LocatedError error) => _errors.Add(error);

    public void Add(ConfigEntry place, int layer, string path, string expected) =>
        _errors.Add(new LocatedError(new ConfigError(path, null, expected) { Location = place.Location }, layer, place.Line, place.Column));

    /// <summary>Adds a mistake at a node, or at a key that the node lacks.</summary>
    public void Add(ConfigNode node, string? found, string expected, string? path = null) =>
        Add(node, new ConfigError(path ?? node.Path, Shorten(found), expected));

    /// <summary>Adds a mistake, looking up the place of the nearest key that has one.</summary>
    public void Add(ConfigNode node, ConfigError error)
    {
        var at = node;
        while (at.Place is null && at.Parent is not null)
        {
            at = at.Parent;
        }

        var place = at.Place;
        _errors.Add(new LocatedError(
            error.Location is null ? error with { Location = place?.Location } : error,
            place?.Location is null ? int.MaxValue : at.LayerIndex,
            place?.Line ?? 0,
            place?.Column ?? 0));
    }

    public IReadOnlyList<ConfigError> Sorted() =>
    [
        .. _errors
            .OrderBy(located => located.Layer)
            .ThenBy(located => located.Line)
            .ThenBy(located => located.Column)
            .ThenBy(located => located.Error.Path, StringComparer.Ordinal)
            .Select(located => located.Error)
            .Distinct(),
    ];

    /// <summary>Keeps what is shown to one short line: a value may be a whole block of text.</summary>
    public static string? Shorten(string? found)
    {
        const int limit = 64;
        if (found is null)
        {
            return null;
        }

        var text = found.Length > limit ? string.Concat(found.AsSpan(0, limit), "...") : found;
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }
}

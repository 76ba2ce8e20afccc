using System.Collections.Frozen;

namespace FastEnrich.Plugins.Values;

/// <summary>Resolves what people write for a country.</summary>
internal static class CountryCodes
{
    private static readonly FrozenDictionary<string, string> s_codes = Load();

    /// <summary>Returns the ISO 3166 alpha-2 code, or the text as it stands when it names no country known here.</summary>
    public static string? Resolve(string? text) =>
        text is null ? null : s_codes.GetValueOrDefault(text, text);

    /// <summary>Says whether a text is an alpha-2 code in capitals.</summary>
    public static bool IsCode(string? text) => text is { Length: 2 } && s_codes.TryGetValue(text, out var code) && code == text;

    private static FrozenDictionary<string, string> Load()
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in CountryNames.Table.Split('\n'))
        {
            var names = line.Split('|');
            foreach (var name in names)
            {
                codes[name] = names[0];
            }
        }

        return codes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}

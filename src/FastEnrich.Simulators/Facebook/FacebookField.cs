using System.Globalization;

namespace FastEnrich.Simulators;

/// <summary>One field of a <c>fields</c> parameter, with what is asked of it: <c>likes.limit(2){name}</c>.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Modifiers">What is in dots behind it, by name.</param>
/// <param name="Fields">The fields below it; <see langword="null"/> when none are named.</param>
internal sealed record FacebookField(string Name, IReadOnlyDictionary<string, string> Modifiers, IReadOnlyList<FacebookField>? Fields)
{
    private const int MaxDepth = 8;

    /// <summary>Reads the parameter; <see langword="null"/> when it is none.</summary>
    public static IReadOnlyList<FacebookField>? ParseList(string text)
    {
        var position = 0;
        return ParseList(text, ref position, 0) is { } fields && position == text.Length ? fields : null;
    }

    public static string Write(IReadOnlyList<FacebookField> fields) => string.Join(',', fields.Select(static field =>
    {
        var modifiers = string.Concat(field.Modifiers.Select(static modifier => $".{modifier.Key}({modifier.Value})"));
        return $"{field.Name}{modifiers}{(field.Fields is null ? "" : $"{{{Write(field.Fields)}}}")}";
    }));

    public int? Number(string modifier) =>
        Modifiers.TryGetValue(modifier, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<FacebookField>? ParseList(string text, ref int position, int depth)
    {
        List<FacebookField> fields = [];
        while (depth <= MaxDepth)
        {
            if (Parse(text, ref position, depth) is not { } field)
            {
                return null;
            }

            fields.Add(field);
            if (!Take(text, ref position, ','))
            {
                return fields;
            }
        }

        return null;
    }

    private static FacebookField? Parse(string text, ref int position, int depth)
    {
        var name = Word(text, ref position);
        var modifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Take(text, ref position, '.'))
        {
            var modifier = Word(text, ref position);
            var end = text.IndexOf(')', position);
            if (modifier.Length == 0 || !Take(text, ref position, '(') || end < position)
            {
                return null;
            }

            modifiers[modifier] = text[position..end];
            position = end + 1;
        }

        IReadOnlyList<FacebookField>? fields = null;
        if (Take(text, ref position, '{') && ((fields = ParseList(text, ref position, depth + 1)) is null || !Take(text, ref position, '}')))
        {
            return null;
        }

        return name.Length == 0 ? null : new FacebookField(name, modifiers, fields);
    }

    private static string Word(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return text[start..position];
    }

    private static bool Take(string text, ref int position, char c)
    {
        if (position >= text.Length || text[position] != c)
        {
            return false;
        }

        position++;
        return true;
    }
}

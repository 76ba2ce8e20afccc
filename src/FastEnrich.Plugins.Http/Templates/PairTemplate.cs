using System.Text;

namespace FastEnrich.Plugins.Http.Templates;

/// <summary>The pairs of a query or of a form: names as they stand, values with placeholders, each value escaped. Immutable.</summary>
internal sealed class PairTemplate
{
    private readonly (string Name, TemplateText? Value)[] _pairs;
    private readonly string _separator;

    private PairTemplate((string, TemplateText?)[] pairs, string separator)
    {
        _pairs = pairs;
        _separator = separator is "," or ";" ? separator : Uri.EscapeDataString(separator);
    }

    public IEnumerable<TemplateText> Texts => _pairs.Select(static pair => pair.Value).OfType<TemplateText>();

    /// <summary>Reads pairs that are escaped already where they need it.</summary>
    public static PairTemplate Parse(string text, string where, bool batch, string separator, ICollection<string> errors)
    {
        List<(string, TemplateText?)> pairs = [];
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            var name = cut < 0 ? pair : pair[..cut];
            if (name.Length == 0 || !UrlText.IsEscaped(name))
            {
                errors.Add($"{where}: a name must not be empty, hold a placeholder, or a character that needs escaping");
            }

            var value = cut < 0 ? null : TemplateText.Parse(pair[(cut + 1)..], where, batch, errors);
            if (value is not null && value.Parts.Any(static part => !part.IsPlaceholder && !UrlText.IsEscaped(part.Text)))
            {
                errors.Add($"{where}: the value of '{name}' holds a character that needs escaping");
            }

            if (value is { IsKeys: false } && value.Parts.Any(static part => part is { IsPlaceholder: true, Text: TemplateText.Keys }))
            {
                errors.Add($"{where}: {{keys}} must be the whole value of '{name}'");
            }

            pairs.Add((name, value));
        }

        return new PairTemplate([.. pairs], separator);
    }

    /// <summary>Writes the pairs; <see langword="false"/> when a value is missing.</summary>
    public bool TryWrite(StringBuilder text, TemplateValues values)
    {
        for (var i = 0; i < _pairs.Length; i++)
        {
            var (name, value) = _pairs[i];
            text.Append(i > 0 ? "&" : "").Append(name);
            if (value is not null && !TryWrite(text.Append('='), value, values))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryWrite(StringBuilder text, TemplateText value, TemplateValues values)
    {
        if (value.IsKeys)
        {
            text.AppendJoin(_separator, values.Keys.Select(Uri.EscapeDataString));
            return true;
        }

        return UrlText.TryWrite(text, value, values);
    }
}

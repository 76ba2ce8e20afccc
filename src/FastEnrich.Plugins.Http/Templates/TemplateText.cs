using System.Text.RegularExpressions;

namespace FastEnrich.Plugins.Http.Templates;

/// <summary>A text with placeholders. Immutable.</summary>
internal sealed partial class TemplateText
{
    public const string UserId = "user_id";
    public const string Keys = "keys";
    public const string IdentityPrefix = "identity:";

    private TemplateText(TemplatePart[] parts) => Parts = parts;

    public TemplatePart[] Parts { get; }

    public bool IsLiteral => Parts.All(static part => !part.IsPlaceholder);

    /// <summary>Gets whether the text is the placeholder of the keys and nothing else.</summary>
    public bool IsKeys => Parts is [{ IsPlaceholder: true, Text: Keys }];

    /// <summary>Cuts a text into its pieces, and says which placeholders are none.</summary>
    /// <param name="text">The text; braces that enclose no name stand for themselves.</param>
    /// <param name="where">The option, for errors.</param>
    /// <param name="batch">Whether the request asks for several users.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static TemplateText Parse(string text, string where, bool batch, ICollection<string> errors)
    {
        List<TemplatePart> parts = [];
        var start = 0;
        foreach (var match in PlaceholderPattern().EnumerateMatches(text))
        {
            if (match.Index > start)
            {
                parts.Add(new TemplatePart(text[start..match.Index], false));
            }

            var name = text.Substring(match.Index + 1, match.Length - 2);
            Check(name, where, batch, errors);
            parts.Add(new TemplatePart(name, true));
            start = match.Index + match.Length;
        }

        if (start < text.Length)
        {
            parts.Add(new TemplatePart(text[start..], false));
        }

        return new TemplateText([.. parts]);
    }

    private static void Check(string name, string where, bool batch, ICollection<string> errors)
    {
        var known = batch
            ? name == Keys
            : name == UserId
                || (name.StartsWith(IdentityPrefix, StringComparison.Ordinal) && HttpIdentities.All.Contains(name[IdentityPrefix.Length..]));
        if (!known)
        {
            var allowed = batch ? "{keys} is" : $"{{user_id}} and {{identity:name}} are, of {string.Join(", ", HttpIdentities.All)}";
            errors.Add($"{where}: {{{name}}} is no placeholder here; {allowed}");
        }
    }

    [GeneratedRegex(@"\{[A-Za-z_]+(?::[^{}]*)?\}")]
    private static partial Regex PlaceholderPattern();
}

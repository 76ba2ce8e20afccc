using System.Text;

namespace FastEnrich.Plugins.Http.Templates;

/// <summary>Texts that stand in addresses.</summary>
internal static class UrlText
{
    private const string Allowed = "-._~!$'()*+,;:@/?="; // of RFC 3986, 3.3 and 3.4, beside letters and digits

    /// <summary>Says whether a text can stand in an address as it is.</summary>
    public static bool IsEscaped(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isWrong = text[i] == '%'
                ? i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])
                : !char.IsAsciiLetterOrDigit(text[i]) && !Allowed.Contains(text[i], StringComparison.Ordinal);
            if (isWrong)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes a text, its values escaped; <see langword="false"/> when a value is missing.</summary>
    public static bool TryWrite(StringBuilder text, TemplateText template, TemplateValues values)
    {
        foreach (var part in template.Parts)
        {
            if (!part.IsPlaceholder)
            {
                text.Append(part.Text);
            }
            else if (values[part.Text] is { } value)
            {
                text.Append(Uri.EscapeDataString(value));
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}

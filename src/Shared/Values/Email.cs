using System.Text;

namespace FastEnrich.Plugins.Values;

/// <summary>Tells e-mail addresses from other text.</summary>
internal static class Email
{
    /// <summary>The longest path that RFC 5321 (4.5.3.1.3) lets travel.</summary>
    private const int MaxLength = 254;

    /// <summary>Returns whether a text can be an address, and nothing that a query, a list or a header would read as more than one.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: >= 3 and <= MaxLength }
        && text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1
        && !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>' or '"')
        && Encoding.UTF8.GetByteCount(text) <= UserId.MaxUtf8Bytes;
}

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>
/// The rules for record ids: 15 letters and digits whose case counts, or 18 of which the last three say the case of the others.
/// </summary>
internal static class SalesforceIds
{
    private const int ShortLength = 15;
    private const int LongLength = 18;
    private const int GroupLength = 5;
    private const string CheckCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The first three characters of a contact's id.</summary>
    private const string ContactPrefix = "003";

    /// <summary>Returns the id in its long form, or <see langword="null"/> when the text is no id of a contact.</summary>
    public static string? Contact(string? text) =>
        text is not null && text.StartsWith(ContactPrefix, StringComparison.Ordinal) ? Normalize(text) : null;

    /// <summary>Returns an id of any object in its long form, with the case that its last characters tell; <see langword="null"/> when the text is none.</summary>
    public static string? Normalize(string? text)
    {
        if (text is not { Length: ShortLength or LongLength } || !text.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var id = text.Length == ShortLength ? text : WithCase(text);
        return id is null ? null : id + Check(id);
    }

    private static string? WithCase(string text)
    {
        Span<char> id = stackalloc char[ShortLength];
        for (var i = 0; i < ShortLength; i++)
        {
            var bits = CheckCharacters.IndexOf(char.ToUpperInvariant(text[ShortLength + (i / GroupLength)]), StringComparison.Ordinal);
            var upper = bits >= 0 && (bits & (1 << (i % GroupLength))) != 0;
            if (bits < 0 || (upper && char.IsAsciiDigit(text[i])))
            {
                return null;
            }

            id[i] = upper ? char.ToUpperInvariant(text[i]) : char.ToLowerInvariant(text[i]);
        }

        return id.ToString();
    }

    private static string Check(string id) => string.Create(LongLength - ShortLength, id, static (check, id) =>
    {
        for (var group = 0; group < check.Length; group++)
        {
            var bits = 0;
            for (var i = 0; i < GroupLength; i++)
            {
                bits |= char.IsAsciiLetterUpper(id[(group * GroupLength) + i]) ? 1 << i : 0;
            }

            check[group] = CheckCharacters[bits];
        }
    });
}

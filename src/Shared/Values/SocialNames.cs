namespace FastEnrich.Plugins.Values;

/// <summary>Reads the names that people type for their accounts on social networks.</summary>
internal static class SocialNames
{
    private const int MaxXUsername = 15;
    private const int MaxFacebookId = 20;

    /// <summary>People type <c>name</c>, <c>@name</c> or the address of their page.</summary>
    public static string? XUsername(string? text)
    {
        var name = LastSegment(text).TrimStart('@');
        return name.Length is > 0 and <= MaxXUsername && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : null;
    }

    /// <summary>An id is digits; a name of a page is none.</summary>
    public static string? FacebookId(string? text)
    {
        var id = LastSegment(text);
        return id.Length is > 0 and <= MaxFacebookId && id.All(char.IsAsciiDigit) ? id : null;
    }

    private static string LastSegment(string? text)
    {
        var trimmed = text?.TrimEnd('/') ?? "";
        return trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }
}

using System.Text.Json;

namespace FastEnrich.Plugins.Social.X;

/// <summary>The rules for what users are called on X.</summary>
internal static class XKeys
{
    private const int MaxUsername = 15;
    private const int MaxId = 19;

    /// <summary>Says whether a text can be a username: 1 to 15 letters, digits and underscores.</summary>
    public static bool IsUsername(string? text) => text is { Length: > 0 and <= MaxUsername } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Says whether a text can be a user's id: a number of 1 to 19 digits, written in one way only.</summary>
    public static bool IsId(string? text) => text is { Length: > 0 and <= MaxId } && text[0] != '0' && text.All(char.IsAsciiDigit);

    public static string? Username(JsonElement element) => XJson.Text(element) is { } text && IsUsername(text) ? text : null;

    /// <summary>Ids are texts: as numbers they would not survive.</summary>
    public static string? Id(JsonElement element) => XJson.Text(element) is { } text && IsId(text) ? text : null;
}

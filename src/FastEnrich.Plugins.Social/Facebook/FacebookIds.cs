namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>The rule for ids of users: 1 to 20 digits. Names are refused by the API for users, so they are never sent.</summary>
internal static class FacebookIds
{
    private const int MaxDigits = 20;

    public static bool IsValid(string? text) => text is { Length: > 0 and <= MaxDigits } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}

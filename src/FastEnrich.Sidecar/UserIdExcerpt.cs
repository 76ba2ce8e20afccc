namespace FastEnrich.Sidecar;

/// <summary>The beginning of a refused id: enough to find it, too little to fill an answer with.</summary>
internal static class UserIdExcerpt
{
    public const int MaxChars = 64;

    public static string Of(string userId)
    {
        if (userId.Length <= MaxChars)
        {
            return userId;
        }

        var length = char.IsHighSurrogate(userId[MaxChars - 1]) ? MaxChars - 1 : MaxChars; // never half a character
        return userId[..length];
    }
}

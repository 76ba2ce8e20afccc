namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Checks options that the binder cannot check alone, or that were made in code.</summary>
internal static class FacebookSetup
{
    /// <summary>Returns what is wrong first; <see langword="null"/> when nothing is. No value is quoted.</summary>
    public static string? Problem(FacebookOptions options, bool hasSource) =>
        !IsSecret(options.AccessToken) || !IsSecret(options.AppSecret) || !IsSecret(options.TokenUrlKey)
            ? "access_token, app_secret and token_url_key must be visible ASCII characters without blanks"
        : options.AppId.Length > 0 && !FacebookIds.IsValid(options.AppId) ? "app_id must be digits"
        : options.LookupBy is not ("id" or "token") ? "lookup_by is id or token"
        : options.AccessToken.Length > 0 && options.TokenUrl.Length > 0 ? "access_token is one token for all users and token_url hands out their own; configure one of both"
        : options.AccessToken.Length > 0 && options.LookupBy == "token" ? "one access_token belongs to one owner, so lookup_by must be id"
        : options.AccessToken.Length == 0 && options.TokenUrl.Length == 0 && !hasSource ? "no source of tokens: configure access_token or token_url, or register an ITokenSource"
        : !options.Capabilities.All(Enum.IsDefined) ? "capabilities are likes, friends, posts and work"
        : !options.ContextualFields.Values.All(FacebookFields.IsField) ? "contextual_fields name fields of the user: small letters, digits and underscores"
        : options.Timeout < 1 || options.MaxLikes < 1 || options.MaxPosts < 1 ? "timeout, max_likes and max_posts are at least 1"
        : null;

    private static bool IsSecret(string text) => text.Length == 0 || FacebookTokens.IsToken(text);
}

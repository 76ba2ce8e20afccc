namespace FastEnrich.Plugins.Social.X;

/// <summary>Makes the source of tokens from whichever of the three kinds of credentials is configured.</summary>
internal static class XCredentials
{
    /// <exception cref="ArgumentException">The credentials are none of the three kinds, or cannot be sent; nothing is quoted.</exception>
    public static OAuthTokens Tokens(UpstreamClient upstream, XOptions options, UpstreamUrl root, TimeProvider timeProvider)
    {
        if (options.BearerToken is { } bearer)
        {
            return options.ClientId is null && options.ClientSecret is null && options.RefreshToken is null
                ? OAuthTokens.Static(bearer)
                : throw new ArgumentException("give bearer_token, or client_id with client_secret or refresh_token, not both");
        }

        if (options.ClientId is not { } id || (options.ClientSecret is null && options.RefreshToken is null))
        {
            throw new ArgumentException("bearer_token is missing, or client_id with client_secret or refresh_token");
        }

        var actsForUser = ActsForUser(options);
        return new OAuthTokens(upstream, new OAuthOptions
        {
            TokenUrl = (actsForUser ? root.Append("2", "oauth2", "token") : root.Append("oauth2", "token")).ToUri(),
            Grant = actsForUser ? OAuthGrant.RefreshToken : OAuthGrant.ClientCredentials,
            ClientId = id,
            ClientSecret = options.ClientSecret,
            ClientAuthentication = options.ClientSecret is null ? OAuthClientAuthentication.Form : OAuthClientAuthentication.Basic,
            RefreshToken = options.RefreshToken,
            AllowHttp = options.AllowHttp,
        }, timeProvider);
    }

    public static bool ActsForUser(XOptions options) => options.BearerToken is null && options.RefreshToken is not null;
}

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Makes the source of tokens out of what is configured: a personal API token, or OAuth.</summary>
internal static class PipedriveTokens
{
    private static readonly TimeSpan s_assumedLifetime = TimeSpan.FromMinutes(55); // the vendor's tokens live an hour

    /// <exception cref="ArgumentException">The options name neither, both, or something that cannot be sent; nothing of them is quoted.</exception>
    public static OAuthTokens From(UpstreamClient upstream, PipedriveOptions options, TimeProvider timeProvider)
    {
        var oauth = options.ClientId is not null || options.ClientSecret is not null || options.RefreshToken is not null;
        if (options.ApiKey is { } key)
        {
            return oauth ? throw new ArgumentException("api_key and OAuth exclude each other") : OAuthTokens.Static(key);
        }

        if (options.ClientId is null || options.ClientSecret is null || options.RefreshToken is null)
        {
            throw new ArgumentException("either api_key or all of client_id, client_secret and refresh_token must be given");
        }

        return new OAuthTokens(
            upstream,
            new OAuthOptions
            {
                TokenUrl = Uri.TryCreate(options.TokenUrl, UriKind.Absolute, out var uri) ? uri : throw new ArgumentException("token_url is no usable address"),
                Grant = OAuthGrant.RefreshToken,
                ClientAuthentication = OAuthClientAuthentication.Basic,
                ClientId = options.ClientId,
                ClientSecret = options.ClientSecret,
                RefreshToken = options.RefreshToken,
                AssumedLifetime = s_assumedLifetime,
                AllowHttp = options.AllowHttp,
            },
            timeProvider);
    }
}

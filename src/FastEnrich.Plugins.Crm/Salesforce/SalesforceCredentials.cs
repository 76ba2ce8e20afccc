namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Makes the source of access tokens that the options describe.</summary>
internal static class SalesforceCredentials
{
    // Sessions end after two hours without a call unless an administrator says otherwise; the answer does not tell.
    private static readonly TimeSpan s_assumedLifetime = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">Something is missing, or cannot work; the message names it and quotes nothing.</exception>
    public static OAuthTokens Create(SalesforceOptions options, UpstreamClient upstream, TimeProvider timeProvider)
    {
        if (options.Authentication == SalesforceAuthentication.AccessToken)
        {
            return options.AccessToken.Length > 0 && options.InstanceUrl.Length > 0
                ? OAuthTokens.Static(options.AccessToken)
                : throw new ArgumentException("authentication access_token needs access_token and instance_url");
        }

        var login = new UpstreamUrl(options.LoginUrl);
        if (options.Authentication == SalesforceAuthentication.ClientCredentials && login.Host is "login.salesforce.com" or "test.salesforce.com")
        {
            throw new ArgumentException("client_credentials works only at the organization's own address: set login_url to https://NAME.my.salesforce.com");
        }

        return new OAuthTokens(upstream, new OAuthOptions
        {
            TokenUrl = login.Append("services", "oauth2", "token").ToUri(),
            Grant = options.Authentication switch
            {
                SalesforceAuthentication.ClientCredentials => OAuthGrant.ClientCredentials,
                SalesforceAuthentication.RefreshToken => OAuthGrant.RefreshToken,
                _ => OAuthGrant.JwtBearer,
            },
            ClientId = options.ClientId,
            ClientSecret = options.ClientSecret,
            RefreshToken = options.RefreshToken,
            Subject = options.Username,
            PrivateKeyPem = options.PrivateKey,
            Audience = options.Audience.Length > 0 ? options.Audience : options.LoginUrl.TrimEnd('/'),
            AssumedLifetime = s_assumedLifetime,
            AllowHttp = options.AllowHttp,
        }, timeProvider);
    }
}

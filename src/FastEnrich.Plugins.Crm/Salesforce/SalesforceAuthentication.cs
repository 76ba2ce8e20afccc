namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>How the plugin gets its access token.</summary>
public enum SalesforceAuthentication
{
    /// <summary>An external client app's id and secret, at the organization's own My Domain address.</summary>
    ClientCredentials,

    /// <summary>A refresh token that a user granted to the app.</summary>
    RefreshToken,

    /// <summary>A statement signed with the app's private key (RS256), for a user that an administrator approved.</summary>
    JwtBearer,

    /// <summary>A token that was given once and for all, and its instance; it is not renewed.</summary>
    AccessToken,
}

namespace FastEnrich;

/// <summary>What an application shows to get an access token.</summary>
public enum OAuthGrant
{
    /// <summary>Its own credentials (RFC 6749, 4.4).</summary>
    ClientCredentials,

    /// <summary>A refresh token that somebody granted it (RFC 6749, 6).</summary>
    RefreshToken,

    /// <summary>A statement signed with its private key, RS256 (RFC 7523, 2.1).</summary>
    JwtBearer,
}

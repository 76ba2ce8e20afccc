namespace FastEnrich;

/// <summary>How an application gets its access tokens. Immutable; <see cref="ToString"/> shows nothing of it.</summary>
public sealed record OAuthOptions
{
    /// <summary>Gets the address of the token endpoint.</summary>
    /// <value>https, or http when the host is loopback or <see cref="AllowHttp"/> is set; without user, query and fragment.</value>
    public required Uri TokenUrl { get; init; }

    /// <summary>Gets what the application shows.</summary>
    public required OAuthGrant Grant { get; init; }

    /// <summary>Gets the application's id; the issuer of a signed statement.</summary>
    public required string ClientId { get; init; }

    /// <summary>Gets the application's secret.</summary>
    /// <value>Required for <see cref="OAuthGrant.ClientCredentials"/>.</value>
    public string? ClientSecret { get; init; }

    /// <summary>Gets where the credentials stand in the request. A signed statement needs none.</summary>
    /// <value>The default is the form.</value>
    public OAuthClientAuthentication ClientAuthentication { get; init; }

    /// <summary>Gets the refresh token that the application starts with; a newer one from an answer takes its place, in memory only.</summary>
    /// <value>Required for <see cref="OAuthGrant.RefreshToken"/>.</value>
    public string? RefreshToken { get; init; }

    /// <summary>Gets the private key that statements are signed with.</summary>
    /// <value>An RSA key of at least 2,048 bits, PEM, not encrypted. Required for <see cref="OAuthGrant.JwtBearer"/>.</value>
    public string? PrivateKeyPem { get; init; }

    /// <summary>Gets who the application acts for.</summary>
    /// <value>Required for <see cref="OAuthGrant.JwtBearer"/>.</value>
    public string? Subject { get; init; }

    /// <summary>Gets who a signed statement is for.</summary>
    /// <value>Required for <see cref="OAuthGrant.JwtBearer"/>.</value>
    public string? Audience { get; init; }

    /// <summary>Gets the scopes to ask for, separated by blanks.</summary>
    /// <value><see langword="null"/>, the default, asks for what the application was granted.</value>
    public string? Scope { get; init; }

    /// <summary>Gets how long a token lives when the answer does not say.</summary>
    /// <value>More than zero; <see langword="null"/>, the default, keeps it until it is refused.</value>
    public TimeSpan? AssumedLifetime { get; init; }

    /// <summary>Gets whether the token endpoint may be plain http on a host that is not loopback: the credentials then travel in the open.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Returns the type's name: everything else is, or leads to, a secret.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(OAuthOptions);
}

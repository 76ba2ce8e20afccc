namespace FastEnrich;

/// <summary>A token that an upstream takes. Immutable; <see cref="ToString"/> never shows it.</summary>
/// <param name="Value">The token itself, as it stands behind <c>Bearer</c>.</param>
/// <param name="ExpiresAt">When the upstream stops taking it; <see langword="null"/> when that is not known.</param>
public sealed record AccessToken(string Value, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Gets the address that the token is for, where the authorization server names one (Salesforce's <c>instance_url</c>, Pipedrive's <c>api_domain</c>).</summary>
    /// <value>An absolute address without a slash at its end, or <see langword="null"/>.</value>
    public string? BaseUrl { get; init; }

    /// <summary>Returns the type's name, and nothing of the token.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(AccessToken);
}

namespace FastEnrich;

/// <summary>What was known of an instance's token and quota at one moment.</summary>
/// <param name="Token">How the token stands.</param>
/// <param name="TokenExpiresAt">When it expires, if anybody knows.</param>
/// <param name="QuotaLeft">The smallest share of a quota that is left, 0 to 1, if there is one.</param>
internal readonly record struct UpstreamStanding(TokenStanding Token, DateTimeOffset? TokenExpiresAt, double? QuotaLeft);

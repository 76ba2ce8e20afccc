namespace FastEnrich;

/// <summary>What a request for a token came to; after a failure an old token may still serve.</summary>
internal sealed record OAuthOutcome(AccessToken? Token, PluginException? Failure);

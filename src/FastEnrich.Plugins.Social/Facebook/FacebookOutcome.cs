namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>What came of a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer; <see langword="null"/> when none came in time.</param>
/// <param name="Token">What the answer says of the token.</param>
/// <param name="Failure">Why there is nothing to read; <see langword="null"/> when there is.</param>
internal sealed record FacebookOutcome(FacebookQuestion Question, FacebookAnswer? Answer, FacebookTokenState Token, PluginException? Failure);

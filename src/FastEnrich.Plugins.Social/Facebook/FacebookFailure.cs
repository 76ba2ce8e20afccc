namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>What an error of the API means: for the caller, for its token and for the calls after it.</summary>
/// <param name="Code">Why the call failed.</param>
/// <param name="Retryable">Whether the same call may succeed soon.</param>
/// <param name="VendorCode">The API's code and subcode, such as <c>190.463</c>; <see langword="null"/> when it named none.</param>
/// <param name="Token">What becomes of the token.</param>
/// <param name="Limit">Whose limit was hit.</param>
internal readonly record struct FacebookFailure(
    PluginErrorCode Code, bool Retryable, string? VendorCode = null, FacebookTokenState Token = FacebookTokenState.Good, FacebookLimit Limit = FacebookLimit.None);

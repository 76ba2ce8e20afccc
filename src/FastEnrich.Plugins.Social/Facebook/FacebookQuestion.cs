namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>A call, and the user it is for.</summary>
/// <param name="Member">The user.</param>
/// <param name="Call">The call.</param>
/// <param name="Edge">The edge that a page is asked of; <see langword="null"/> for the user's own node.</param>
internal sealed record FacebookQuestion(FacebookMember Member, FacebookCall Call, FacebookEdge? Edge = null);

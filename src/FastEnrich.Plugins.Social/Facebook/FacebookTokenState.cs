namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>What an answer says of the token it was asked with.</summary>
internal enum FacebookTokenState
{
    Good,

    /// <summary>Its time is over: a new one may do.</summary>
    Expired,

    /// <summary>The user or Facebook took it back: only the user can grant another one.</summary>
    Refused,
}

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>What the plugin reads beside the profile; each takes a larger answer and a larger share of the app's limits.</summary>
public enum FacebookCapability
{
    /// <summary>Pages that the user likes, as interests.</summary>
    Likes,

    /// <summary>How many friends the user has.</summary>
    Friends,

    /// <summary>When the user posts, and what the posts meet with.</summary>
    Posts,

    /// <summary>Position and employer: a field that version 25 no longer has, and then an error; only for apps that still see it.</summary>
    Work,
}

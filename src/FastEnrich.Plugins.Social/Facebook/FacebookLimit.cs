namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Whose limit was hit.</summary>
internal enum FacebookLimit
{
    None,

    /// <summary>The app's: nobody can be read until it is over.</summary>
    App,

    /// <summary>That of the user, page or business behind the token.</summary>
    Token,
}

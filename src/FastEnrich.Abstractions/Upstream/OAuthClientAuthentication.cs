namespace FastEnrich;

/// <summary>Where a token request carries the application's credentials (RFC 6749, 2.3.1).</summary>
public enum OAuthClientAuthentication
{
    /// <summary>In the form, as <c>client_id</c> and <c>client_secret</c>.</summary>
    Form,

    /// <summary>In the header <c>Authorization: Basic</c>.</summary>
    Basic,
}

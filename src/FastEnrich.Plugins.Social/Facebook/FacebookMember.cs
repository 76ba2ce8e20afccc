namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>One user of a batch, or of a call alone, on the way to an outcome. Belongs to one call.</summary>
internal sealed class FacebookMember(int index, EnrichmentRequest request, string path)
{
    public int Index => index;

    public EnrichmentRequest Request => request;

    /// <summary>Gets the path of the user in the graph.</summary>
    public string Path => path;

    public AccessToken? Token { get; set; }

    /// <summary>Gets or sets whether the token is already a second one, so that there is no third.</summary>
    public bool HasNewToken { get; set; }

    public FacebookNode User { get; set; }

    public string? ETag { get; set; }

    public FacebookEdge? Likes { get; set; }

    public FacebookEdge? Posts { get; set; }

    /// <summary>Gets or sets whether pages beyond the user's own answer were read, which its validator says nothing of.</summary>
    public bool HasPages { get; set; }
}

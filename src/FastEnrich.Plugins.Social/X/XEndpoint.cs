namespace FastEnrich.Plugins.Social.X;

/// <summary>The endpoints that X limits each on its own.</summary>
internal enum XEndpoint
{
    Users,
    Posts,
    Lists,
    Health,
}

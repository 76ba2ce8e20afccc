namespace FastEnrich.Plugins.Http;

/// <summary>The methods that the plugin sends.</summary>
public enum HttpVerb
{
    /// <summary>GET, without a body.</summary>
    Get,

    /// <summary>POST, with the configured body.</summary>
    Post,
}

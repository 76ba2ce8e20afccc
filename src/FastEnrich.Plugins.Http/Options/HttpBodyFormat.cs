namespace FastEnrich.Plugins.Http;

/// <summary>What the body of a request is.</summary>
public enum HttpBodyFormat
{
    /// <summary><c>application/json</c>.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    Form,
}

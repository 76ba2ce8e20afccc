using System.Text.Json.Serialization;

namespace FastEnrich.Plugins.Http;

/// <summary>How the plugin proves who it is.</summary>
public enum HttpAuthenticationKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>Authorization: Bearer</c> with a fixed token.</summary>
    Bearer,

    /// <summary><c>Authorization: Basic</c> with name and password.</summary>
    Basic,

    /// <summary>A key in a header of its own.</summary>
    ApiKey,

    /// <summary>OAuth 2.0 client credentials; the token is renewed before it expires and after a 401.</summary>
    [JsonStringEnumMemberName("oauth")]
    OAuth,
}

using System.Text.Json.Serialization;

namespace FastEnrich;

/// <summary>Why a plugin could not deliver; the names on the wire are in capitals, as in <c>RATE_LIMIT_ERROR</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PluginErrorCode>))]
public enum PluginErrorCode
{
    /// <summary>The upstream could not be reached or failed (socket errors, most 5xx).</summary>
    [JsonStringEnumMemberName("CONNECTION_ERROR")] ConnectionError,

    /// <summary>The upstream refused the credentials or the scope.</summary>
    [JsonStringEnumMemberName("AUTH_ERROR")] AuthError,

    /// <summary>A short-window limit of the upstream was hit: wait and try again.</summary>
    [JsonStringEnumMemberName("RATE_LIMIT_ERROR")] RateLimitError,

    /// <summary>The upstream does not know the user. As an exception it counts as a <see cref="EnrichmentResult.NotFound"/>.</summary>
    [JsonStringEnumMemberName("NOT_FOUND")] NotFound,

    /// <summary>The plugin's configuration cannot work.</summary>
    [JsonStringEnumMemberName("INVALID_CONFIG")] InvalidConfig,

    /// <summary>The answer did not come in time.</summary>
    [JsonStringEnumMemberName("TIMEOUT_ERROR")] TimeoutError,

    /// <summary>A long-window quota is used up: no retry before it is reset.</summary>
    [JsonStringEnumMemberName("QUOTA_EXCEEDED")] QuotaExceeded,

    /// <summary>The upstream or the plugin answered with something that cannot be used.</summary>
    [JsonStringEnumMemberName("INVALID_RESPONSE")] InvalidResponse,
}

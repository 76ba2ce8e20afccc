using System.Text.Json;

namespace FastEnrich;

/// <summary>Reads the errors of token endpoints: the standard's <c>error</c> (RFC 6749, 5.2), HubSpot's <c>status</c>, then the HTTP status.</summary>
internal static class OAuthErrors
{
    public static PluginException ToException(UpstreamResponse response, JsonElement? answer)
    {
        var error = answer is { } root ? OAuthAnswer.Text(root, "error") ?? OAuthAnswer.Text(root, "status") : null;
        return error is not null && CodeOf(error) is { } code ? response.ToException(error, code) : response.ToException(error, CodeOf(response));
    }

    private static PluginErrorCode? CodeOf(string error) => error switch
    {
        "invalid_grant" or "inactive_user" or "inactive_org" or "access_denied" or "BAD_REFRESH_TOKEN" or "BAD_AUTH_CODE" => PluginErrorCode.AuthError,
        "invalid_client" or "invalid_client_id" or "invalid_client_credentials" or "unauthorized_client" or "unsupported_grant_type" or "invalid_scope" or "invalid_request"
            or "BAD_CLIENT_ID" or "BAD_CLIENT_SECRET" => PluginErrorCode.InvalidConfig,
        "rate_limit_exceeded" or "slow_down" => PluginErrorCode.RateLimitError,
        "server_error" or "temporarily_unavailable" => PluginErrorCode.ConnectionError,
        _ => null,
    };

    private static PluginErrorCode CodeOf(UpstreamResponse response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => PluginErrorCode.InvalidResponse,
        404 or 405 or 410 => PluginErrorCode.InvalidConfig, // it says nothing of a user: the address is wrong
        _ => response.DefaultErrorCode,
    };
}

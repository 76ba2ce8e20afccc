namespace FastEnrich.Simulators;

/// <summary>The errors of the Graph API, in its shape.</summary>
internal static class FacebookErrors
{
    private const string Trace = "AmFGcW_3hwDB7qFbl_QdebZ"; // fixed, so that the same seed gives the same bytes

    public static IReadOnlyDictionary<string, SimulatedError> Catalogue { get; } = new Dictionary<string, SimulatedError>(StringComparer.Ordinal)
    {
        ["unknown_error"] = Error(500, 1, "An unknown error has occurred."),
        ["server_error"] = Error(500, 2, "An unexpected error has occurred. Please retry your request later.", more: ",\"is_transient\":true"),
        ["capability"] = Error(400, 3, "(#3) Application does not have the capability to make this API call."),
        ["rate_limit"] = Error(403, 4, "(#4) Application request limit reached"),
        ["rate_limit_with_usage"] = Error(403, 4, "(#4) Application request limit reached") with
        {
            Headers = ["X-App-Usage: {\"call_count\":100,\"total_cputime\":25,\"total_time\":25}"],
        },
        ["user_limit"] = Error(400, 17, "(#17) User request limit reached"),
        ["page_limit"] = Error(403, 32, "(#32) Page request limit reached"),
        ["custom_limit"] = Error(400, 613, "(#613) Calls to this api have exceeded the rate limit."),
        ["business_limit"] = Error(400, 80001, "(#80001) There have been too many calls to this Page account. Wait a bit and try again.") with
        {
            Headers =
            [
                "X-Business-Use-Case-Usage: {\"1148671018324630\":[{\"type\":\"pages\",\"call_count\":100,\"total_cputime\":25,\"total_time\":25,"
                + "\"estimated_time_to_regain_access\":19}]}",
            ],
        },
        ["action_limit"] = Error(400, 341, "(#341) Feed action request limit reached"),
        ["policy_block"] = Error(400, 368, "It looks like you were misusing this feature by going too fast. You've been blocked from using it."),
        ["permission"] = Error(403, 10, "(#10) Application does not have permission for this action"),
        ["permissions_error"] = Error(403, 200, "(#200) Permissions error"),
        ["invalid_session"] = Error(400, 102, "Session key invalid or no longer valid"),
        ["no_token"] = Error(400, 104, "An access token is required to request this resource."),
        ["invalid_token"] = Error(400, 190, "Invalid OAuth access token."),
        ["app_not_installed"] = Error(400, 190, "Error validating access token: the user has not authorized the application", 458),
        ["checkpointed"] = Error(400, 190, "The user is enrolled in a blocking, logged-in checkpoint", 459),
        ["password_changed"] = Error(400, 190, "Error validating access token: The session has been invalidated because the user changed the password.", 460),
        ["expired_token"] = Error(400, 190, "Error validating access token: Session has expired.", 463),
        ["unconfirmed_user"] = Error(400, 190, "Sessions for the user are not allowed because the user is not a confirmed user", 464),
        ["invalid_access_token"] = Error(400, 190, "Error validating access token: The session is invalid because the user logged out.", 467),
        ["unknown_object"] = Error(
            400,
            100,
            "Unsupported get request. Object with ID '{text}' does not exist, cannot be loaded due to missing permissions, "
            + "or does not support this operation.",
            33,
            "GraphMethodException"),
        ["unknown_alias"] = Error(400, 803, "(#803) Cannot query users by their username ({text})"),
        ["bad_field"] = Error(400, 100, "(#100) Tried accessing nonexisting field ({text}) on node type (User)"),
        ["bad_parameter"] = Error(400, 100, "(#100) {text}"),
        ["missing_proof"] = Error(400, 100, "API calls from the server require an appsecret_proof argument", type: "GraphMethodException"),
        ["wrong_proof"] = Error(400, 100, "Invalid appsecret_proof provided in the API argument", type: "GraphMethodException"),
        ["bad_path"] = Error(400, 2500, "Unknown path components: /{text}"),
        ["no_active_user"] = Error(400, 2500, "An active access token must be used to query information about the current user."),
    };

    private static SimulatedError Error(int status, int code, string message, int? subcode = null, string type = "OAuthException", string more = "")
    {
        var quoting = message.Contains("{text}", StringComparison.Ordinal) ? message : $"{message}{{text}}";
        var sub = subcode is { } number ? $",\"error_subcode\":{number}" : "";
        return new SimulatedError(status, $$$"""{"error":{"message":"{{{quoting}}}","type":"{{{type}}}","code":{{{code}}}{{{sub}}}{{{more}}},"fbtrace_id":"{{{Trace}}}"}}""")
        {
            DefaultText = "",
        };
    }
}

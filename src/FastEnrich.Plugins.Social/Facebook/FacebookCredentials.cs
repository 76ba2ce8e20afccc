namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Checks the credentials that belong to no user: the app's own token, else the one for all. Without either there is nothing to check.</summary>
internal sealed class FacebookCredentials
{
    private readonly FacebookApi _api;
    private readonly FacebookLimits _limits;
    private readonly FacebookCall? _call;
    private readonly string _plugin;

    public FacebookCredentials(FacebookApi api, FacebookLimits limits, string appId, AccessToken? shared, string plugin)
    {
        (_api, _limits, _plugin) = (api, limits, plugin);
        _call = api.AppToken is { } app ? new FacebookCall(appId, [("fields", "id")], app) // an app is no user: it has no "me"
            : shared is not null ? new FacebookCall("me", [("fields", "id")], shared)
            : null;
    }

    public async ValueTask ThrowIfRefusedAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync("connect", cancellationToken).ConfigureAwait(false) is { Code: PluginErrorCode.AuthError } refused)
        {
            throw refused;
        }
    }

    public async ValueTask<bool?> CheckAsync(CancellationToken cancellationToken) => _call is null ? null
        : await AskAsync("check_health", cancellationToken).ConfigureAwait(false) switch
        {
            null => true,
            { Code: PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded } => null, // a limit is no illness
            _ => false,
        };

    /// <summary>Returns what the check failed with; <see langword="null"/> when it did not.</summary>
    private async ValueTask<PluginException?> AskAsync(string operation, CancellationToken cancellationToken)
    {
        if (_call is null)
        {
            return null;
        }

        try
        {
            await _limits.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
            var answer = (await _api.SendAsync([_call], operation, cancellationToken).ConfigureAwait(false)).Each[0]!;
            var failure = FacebookErrors.Read(answer);
            var wait = _limits.Note(answer, failure, userId: null);
            return failure is { } failed ? FacebookErrors.ToException(failed, _plugin, operation, answer.Status, wait) : null;
        }
        catch (PluginException failure)
        {
            return failure;
        }
    }
}

namespace FastEnrich.Plugins.Social.X;

/// <summary>Keeps to X's windows, which count for each endpoint, and to the account's credits, which count for all. Thread-safe.</summary>
internal sealed class XLimits(UpstreamClient upstream, TimeProvider timeProvider)
{
    private readonly UpstreamLimits _account = new(upstream, timeProvider);
    private readonly UpstreamLimits[] _endpoints = [.. Enum.GetValues<XEndpoint>().Select(_ => new UpstreamLimits(upstream, timeProvider))];

    /// <summary>Waits for the endpoint's turn, or refuses.</summary>
    public async ValueTask EnterAsync(XEndpoint endpoint, string operation, CancellationToken cancellationToken)
    {
        await _account.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        await _endpoints[(int)endpoint].EnterAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes over what an answer says of the endpoint's limits.</summary>
    public void Note(XEndpoint endpoint, UpstreamResponse response)
    {
        Note(endpoint, response, "window", "x-rate-limit");
        Note(endpoint, response, "app_day", "x-app-limit-24hour");
        Note(endpoint, response, "user_day", "x-user-limit-24hour");
    }

    /// <summary>Stops the endpoint for as long as a failure asks to, or all of them when the credits are spent.</summary>
    public void Block(XEndpoint endpoint, PluginException failure, string? kind)
    {
        if (failure is { Code: PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded, RetryAfter: { } wait })
        {
            var limits = kind == XProblems.Credits ? _account : _endpoints[(int)endpoint];
            limits.Block(timeProvider.GetUtcNow() + wait, failure.Code, kind);
        }
    }

    private void Note(XEndpoint endpoint, UpstreamResponse response, string window, string headers)
    {
        if (response.GetHeaderNumber($"{headers}-limit") is { } limit
            && response.GetHeaderNumber($"{headers}-remaining") is { } remaining
            && response.GetHeaderUnixTime($"{headers}-reset") is { } resetAt)
        {
            _endpoints[(int)endpoint].Note(window, limit, remaining, resetAt);
        }
    }
}

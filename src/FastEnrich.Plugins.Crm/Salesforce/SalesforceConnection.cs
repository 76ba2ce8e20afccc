using System.Net.Http.Headers;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Sends requests with the token to its instance, within the organization's limits. Thread-safe.</summary>
internal sealed class SalesforceConnection
{
    // Used requests come back 24 hours after each was sent, so some every hour; nothing says when.
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_quotaRest = TimeSpan.FromMinutes(15);

    private static readonly MediaTypeWithQualityHeaderValue s_json = new("application/json");

    private readonly UpstreamClient _upstream;
    private readonly TimeProvider _time;
    private readonly SalesforceInstances _instances;
    private readonly OAuthTokens _tokens;
    private readonly UpstreamLimits _limits;
    private readonly TimeSpan _timeout;

    /// <exception cref="ArgumentException">An address or a credential cannot work.</exception>
    public SalesforceConnection(SalesforceOptions options, UpstreamClient upstream, TimeProvider timeProvider)
    {
        _upstream = upstream;
        _time = timeProvider;
        if (options.ApiVersion is not ['v', _, _, ..] version || version.Length > 8 || version.AsSpan(1).ContainsAnyExcept("0123456789."))
        {
            throw new ArgumentException("api_version must read like v67.0");
        }

        _timeout = TimeSpan.FromSeconds(options.Timeout);
        _instances = new SalesforceInstances(upstream.PluginName, options);
        _tokens = SalesforceCredentials.Create(options, upstream, timeProvider);
        _limits = new UpstreamLimits(upstream, timeProvider);
    }

    public string PluginName => _upstream.PluginName;

    /// <summary>Sends a request and returns its answer, of any status.</summary>
    /// <param name="request">Makes the request from the address of the API, <c>/services/data</c>, for each sending anew.</param>
    /// <param name="operation">What is attempted.</param>
    /// <param name="apiRequests">As how many requests Salesforce counts it.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    public async ValueTask<UpstreamResponse> SendAsync(Func<UpstreamUrl, HttpRequestMessage> request, string operation, int apiRequests, CancellationToken cancellationToken)
    {
        await _limits.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        var response = await _upstream.SendAsync(
            token => Authorized(request, token), _tokens, operation, _timeout, SalesforceErrors.IsExpired, cancellationToken).ConfigureAwait(false);
        _upstream.Usage.AddCredits(apiRequests);
        NoteUsage(response);
        return response;
    }

    /// <summary>Returns the failure of an answer, after which nothing is sent for a while when it says that a limit is reached.</summary>
    public PluginException Failed(UpstreamResponse response) => Noted(SalesforceErrors.ToException(response));

    /// <summary>Passes a failure on, after which nothing is sent for a while when it says that a limit is reached.</summary>
    public PluginException Noted(PluginException failure)
    {
        if (failure.Code == PluginErrorCode.QuotaExceeded)
        {
            _limits.Block(_time.GetUtcNow() + s_quotaRest, PluginErrorCode.QuotaExceeded);
        }
        else if (failure is { Code: PluginErrorCode.RateLimitError, RetryAfter: { } wait })
        {
            _limits.Block(_time.GetUtcNow() + wait, PluginErrorCode.RateLimitError);
        }

        return failure;
    }

    /// <summary>Notes what is left of the organization's requests of 24 hours.</summary>
    public void NoteRemaining(string window, long limit, long remaining)
    {
        if (remaining <= 0)
        {
            _limits.Block(_time.GetUtcNow() + s_quotaRest, PluginErrorCode.QuotaExceeded);
        }
        else if (limit > 0)
        {
            _limits.Note(window, limit, remaining, _time.GetUtcNow() + s_window);
        }
    }

    public PluginException Unusable(string operation) =>
        new(PluginName, operation, "the answer lacks what the API promises", PluginErrorCode.InvalidResponse);

    private HttpRequestMessage Authorized(Func<UpstreamUrl, HttpRequestMessage> request, AccessToken token)
    {
        var message = request(_instances.Of(token).Append("services", "data"));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        message.Headers.Accept.Add(s_json);
        return message;
    }

    private void NoteUsage(UpstreamResponse response)
    {
        foreach (var usage in SalesforceUsage.Parse(response.GetHeader("Sforce-Limit-Info")))
        {
            NoteRemaining(usage.Window, usage.Limit, usage.Limit - usage.Used);
        }
    }
}

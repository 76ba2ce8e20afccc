using System.Net.Http.Headers;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Sends requests with the token, within the limits, and learns the limits from the answers. Thread-safe.</summary>
internal sealed class HubSpotTransport
{
    private readonly UpstreamClient _upstream;
    private readonly OAuthTokens _tokens;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly UpstreamLimits _limits;

    public HubSpotTransport(UpstreamClient upstream, HubSpotOptions options, TimeProvider time)
    {
        _upstream = upstream;
        _timeout = TimeSpan.FromSeconds(options.Timeout);
        _time = time;
        _limits = new UpstreamLimits(upstream, time);
        Root = new UpstreamUrl(options.ApiUrl);
        Root.ThrowIfInsecure(options.AllowHttp);
        _tokens = options.ApiKey.Length > 0 ? OAuthTokens.Static(options.ApiKey) : new OAuthTokens(upstream, OAuth(options), time);
    }

    /// <summary>Gets the API's base address.</summary>
    public UpstreamUrl Root { get; }

    /// <summary>Sends a request, its body made anew for each sending; an answer that is a rate limit or a used-up quota stops the next ones too.</summary>
    public async ValueTask<UpstreamResponse> SendAsync(HttpMethod method, Uri uri, Func<HttpContent>? content, string operation, CancellationToken cancellationToken)
    {
        await _limits.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        var response = await _upstream.SendAsync(
            token => new HttpRequestMessage(method, uri) { Content = content?.Invoke(), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token.Value) } },
            _tokens, operation, _timeout, isExpired: null, cancellationToken).ConfigureAwait(false);
        NoteWindow(response);
        if ((int)response.StatusCode == 429)
        {
            NoteRefusal(HubSpotErrors.ToException(response));
        }

        return response;
    }

    /// <summary>Searches carry no such headers, and the day's are no help: nobody says when the day ends.</summary>
    private void NoteWindow(UpstreamResponse response)
    {
        if (response.GetHeaderNumber("X-HubSpot-RateLimit-Max") is { } max && response.GetHeaderNumber("X-HubSpot-RateLimit-Remaining") is { } remaining
            && response.GetHeaderNumber("X-HubSpot-RateLimit-Interval-Milliseconds") is > 0 and <= 60_000 and var interval)
        {
            _limits.Note("interval", max, remaining, _time.GetUtcNow().AddMilliseconds(interval));
        }
    }

    private void NoteRefusal(PluginException failure)
    {
        var now = _time.GetUtcNow();
        var daily = failure.Code == PluginErrorCode.QuotaExceeded;
        var wait = failure.RetryAfter ?? (daily ? HubSpotErrors.UntilTheQuotaMayReset(now) : TimeSpan.Zero);
        _limits.Block(now + wait, failure.Code, daily ? "DAILY" : null);
    }

    private static OAuthOptions OAuth(HubSpotOptions options) => new()
    {
        TokenUrl = new Uri(options.TokenUrl.Length > 0 ? options.TokenUrl : $"{options.ApiUrl.TrimEnd('/')}/oauth/v1/token"),
        Grant = OAuthGrant.RefreshToken,
        ClientId = options.ClientId,
        ClientSecret = options.ClientSecret.Length > 0 ? options.ClientSecret : throw new ArgumentException("the client secret is missing"),
        RefreshToken = options.RefreshToken,
        AllowHttp = options.AllowHttp,
    };
}

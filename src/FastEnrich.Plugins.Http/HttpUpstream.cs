using System.Text.Json;

namespace FastEnrich.Plugins.Http;

/// <summary>Sends requests and reads answers within the configured limits. Thread-safe.</summary>
internal sealed class HttpUpstream(UpstreamClient upstream, HttpCredentials credentials, HttpOptions options, TimeProvider timeProvider)
{
    private readonly UpstreamLimits _limits = new(upstream, timeProvider);
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Timeout);

    /// <summary>Gets a token, so that wrong credentials show before the first user.</summary>
    public async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        if (credentials.Tokens is { } tokens)
        {
            await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a request, made anew for each sending, and returns the answer of any status but a rate limit's.</summary>
    public async ValueTask<UpstreamResponse> SendAsync(Func<HttpRequestMessage> request, string operation, CancellationToken cancellationToken)
    {
        await _limits.EnterAsync(operation, cancellationToken).ConfigureAwait(false);
        var response = credentials.Tokens is { } tokens
            ? await upstream.SendAsync(token => Prepared(request(), token), tokens, operation, _timeout, null, cancellationToken).ConfigureAwait(false)
            : await SendOnceAsync(request, operation, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode == 429)
        {
            if (response.RetryAfter is { } wait)
            {
                _limits.Block(timeProvider.GetUtcNow() + wait, PluginErrorCode.RateLimitError);
            }

            throw response.ToException();
        }

        return response.Body.Length <= options.MaxBody ? response : throw Unusable(operation, $"the answer is larger than {options.MaxBody} bytes");
    }

    /// <summary>Reads an answer as JSON of any shape.</summary>
    public JsonDocument Read(UpstreamResponse response, string operation)
    {
        var json = response.Body;
        if (json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            throw Unusable(operation, "the answer is no JSON");
        }
    }

    public PluginException Unusable(string operation, string message) => new(upstream.PluginName, operation, message, PluginErrorCode.InvalidResponse);

    private async ValueTask<UpstreamResponse> SendOnceAsync(Func<HttpRequestMessage> request, string operation, CancellationToken cancellationToken)
    {
        using var message = Prepared(request(), null);
        return await upstream.SendAsync(message, operation, _timeout, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Prepared(HttpRequestMessage message, AccessToken? token)
    {
        credentials.Apply(message, token);
        return message;
    }
}

using System.Net;

namespace FastEnrich;

/// <content>Calls that carry the application's token.</content>
public sealed partial class UpstreamClient
{
    /// <summary>Sends a request with the application's token; when the upstream says that the token has expired, once more with a new one.</summary>
    /// <param name="request">Makes the request for a token, for each sending anew; the client disposes it.</param>
    /// <param name="tokens">Where the token comes from.</param>
    /// <param name="operation">What is attempted, as a short snake_case phrase such as <c>read_contact</c>.</param>
    /// <param name="timeout">How long each sending may take: more than zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="isExpired">Says whether an answer means that the token has expired; status 401 when <see langword="null"/>.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    /// <returns>The answer, of any status.</returns>
    /// <exception cref="PluginException">There is no token, or no usable answer.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async ValueTask<UpstreamResponse> SendAsync(
        Func<AccessToken, HttpRequestMessage> request,
        OAuthTokens tokens,
        string operation,
        TimeSpan timeout,
        Func<UpstreamResponse, bool>? isExpired,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tokens);
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var response = await SendAsync(request, token, operation, timeout, cancellationToken).ConfigureAwait(false);
        if (!tokens.CanRenew || !IsExpired(response, isExpired))
        {
            return Confirmed(response, tokens);
        }

        tokens.Invalidate(token);
        var renewed = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var again = await SendAsync(request, renewed, operation, timeout, cancellationToken).ConfigureAwait(false);
        if (IsExpired(again, isExpired))
        {
            tokens.Invalidate(renewed);
        }

        return Confirmed(again, tokens);
    }

    private static bool IsExpired(UpstreamResponse response, Func<UpstreamResponse, bool>? isExpired) =>
        isExpired?.Invoke(response) ?? response.StatusCode == HttpStatusCode.Unauthorized;

    private static UpstreamResponse Confirmed(UpstreamResponse response, OAuthTokens tokens)
    {
        if (response.IsSuccess)
        {
            tokens.Confirm();
        }

        return response;
    }

    private async ValueTask<UpstreamResponse> SendAsync(
        Func<AccessToken, HttpRequestMessage> request, AccessToken token, string operation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var message = request(token);
        return await SendAsync(message, operation, timeout, cancellationToken).ConfigureAwait(false);
    }
}

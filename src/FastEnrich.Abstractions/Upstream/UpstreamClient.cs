using System.Net;

namespace FastEnrich;

/// <summary>
/// Calls an upstream over pooled connections, with limits on what it may answer. Thread-safe; one per plugin instance.
/// </summary>
/// <remarks>
/// Failures are <see cref="PluginException"/>s whose messages hold no address, header or body: these carry user ids and secrets.
/// Redirects are not followed, so credentials never travel to another host.
/// </remarks>
public sealed partial class UpstreamClient : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly UpstreamClientOptions _options;

    /// <summary>Initializes a client.</summary>
    /// <param name="pluginName">The plugin that failures are reported for.</param>
    /// <param name="handler">What sends the requests, usually from <see cref="CreateHandler"/>; disposed with the client.</param>
    /// <param name="options">The limits; the defaults when <see langword="null"/>.</param>
    public UpstreamClient(string pluginName, HttpMessageHandler handler, UpstreamClientOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(pluginName);
        ArgumentNullException.ThrowIfNull(handler);
        PluginName = pluginName;
        _options = options ?? new UpstreamClientOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxBodyBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxJsonDepth, 1);
        ThrowIfInvalid(_options.Timeout);
        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Gets the plugin that failures are reported for.</summary>
    public string PluginName { get; }

    /// <summary>Gets what was used of the upstream so far.</summary>
    public UpstreamUsage Usage { get; internal init; } = new();

    /// <summary>Gets what is known of this instance's token and quota.</summary>
    public UpstreamCondition Condition { get; } = new();

    /// <summary>Makes a handler for calls to an upstream: pooled connections, decompression, no cookies, no redirects.</summary>
    /// <returns>The handler, open to changes (proxy, own CA, mTLS) until its first request.</returns>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the Authorization header to a host that nobody configured
        UseCookies = false, // one jar would be shared by all users
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // follows DNS changes
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        EnableMultipleHttp2Connections = true,
        MaxResponseDrainSize = 64 * 1024, // a refused body is not read to its end to save its connection
    };

    /// <summary>Sends a request and reads the whole answer, within the client's own timeout.</summary>
    /// <param name="request">The request; the caller disposes it.</param>
    /// <param name="operation">What is attempted, as a short snake_case phrase such as <c>read_contact</c>.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    /// <returns>The answer, of any status.</returns>
    /// <exception cref="PluginException">
    /// No usable answer: <see cref="PluginErrorCode.ConnectionError"/>, <see cref="PluginErrorCode.TimeoutError"/>,
    /// or <see cref="PluginErrorCode.InvalidResponse"/> for a body over the limit.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public ValueTask<UpstreamResponse> SendAsync(HttpRequestMessage request, string operation, CancellationToken cancellationToken) =>
        SendAsync(request, operation, _options.Timeout, cancellationToken);

    /// <summary>Sends a request and reads the whole answer, within a timeout of its own.</summary>
    /// <param name="request">The request; the caller disposes it.</param>
    /// <param name="operation">What is attempted, as a short snake_case phrase such as <c>read_contact</c>.</param>
    /// <param name="timeout">How long the call may take: more than zero, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">The flight's token.</param>
    /// <returns>The answer, of any status.</returns>
    /// <exception cref="PluginException">
    /// No usable answer: <see cref="PluginErrorCode.ConnectionError"/>, <see cref="PluginErrorCode.TimeoutError"/>,
    /// or <see cref="PluginErrorCode.InvalidResponse"/> for a body over the limit.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async ValueTask<UpstreamResponse> SendAsync(HttpRequestMessage request, string operation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ThrowIfInvalid(timeout);
        cancellationToken.ThrowIfCancellationRequested();
        Usage.AddRequest();

        using var timer = new CancellationTokenSource(timeout, _options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using var response = await _invoker.SendAsync(request, linked.Token).ConfigureAwait(false);
            var body = await UpstreamBody.ReadAsync(response.Content, _options.MaxBodyBytes, linked.Token).ConfigureAwait(false);
            return body is null
                ? throw new PluginException(PluginName, operation, $"the answer is larger than {_options.MaxBodyBytes} bytes", PluginErrorCode.InvalidResponse)
                : new UpstreamResponse(PluginName, operation, response, body, _options);
        }
        catch (Exception exception) when (exception is not PluginException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw UpstreamFailure.From(PluginName, operation, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static void ThrowIfInvalid(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(timeout));
        }
    }
}

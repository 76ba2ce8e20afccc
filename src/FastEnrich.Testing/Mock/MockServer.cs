using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastEnrich.Testing;

/// <summary>
/// An upstream made of routes: a real HTTP server on a free loopback port. Thread-safe, many may run at once; it lives until it is disposed, which ends its
/// connections too.
/// </summary>
/// <remarks>
/// A request is answered by the newest interception that wants it, else by the first route that matches, else by the server it is forwarded to, else with a 501
/// that says so.
/// </remarks>
public sealed class MockServer : IAsyncDisposable
{
    private readonly MockServerOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _listening = new(1, 1);
    private ImmutableList<MockRoute> _routes = [];
    private ImmutableList<MockInterception> _interceptions = [];
    private MockForwarder? _forwarder;
    private WebApplication? _app;
    private int _port;
    private int _disposed;

    private MockServer(MockServerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxBodyBytes, nameof(options));
        _options = options;
        Requests = new MockRequestLog(options.MaxLoggedRequests);
    }

    /// <summary>Gets the server's address, <c>http://127.0.0.1:port</c>.</summary>
    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Gets the requests so far, unmatched ones too.</summary>
    public MockRequestLog Requests { get; }

    /// <summary>Gets the requests in the log that nothing matched.</summary>
    public IReadOnlyList<MockRequest> Unmatched => [.. Requests.Where(static request => request.Route is null)];

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static async ValueTask<MockServer> StartAsync(MockServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new MockServer(options ?? new MockServerOptions());
        try
        {
            await server.ListenAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Adds a route; without <c>Respond</c> it answers with an empty 200.</summary>
    /// <param name="method">The method, <c>*</c> for any.</param>
    /// <param name="pattern">The path: <c>{name}</c> stands for one segment, <c>{*name}</c> at the end for all that follow. Without a query.</param>
    /// <returns>The route, for conditions and responses.</returns>
    /// <exception cref="ArgumentException">The pattern does not begin with a slash, or holds a query.</exception>
    public MockRoute Map(string method, string pattern)
    {
        var route = new MockRoute(method, pattern);
        ImmutableInterlocked.Update(ref _routes, static (routes, added) => routes.Add(added), route);
        return route;
    }

    /// <summary>Hands requests that no route matches to another server, byte for byte, as to a simulator.</summary>
    /// <param name="url">The other server's address, without a path.</param>
    /// <returns>This server.</returns>
    public MockServer ForwardTo(string url)
    {
        Interlocked.Exchange(ref _forwarder, new MockForwarder(url))?.Dispose();
        return this;
    }

    /// <summary>Answers requests before any route does, until the result is disposed; of several the newest is asked first.</summary>
    /// <param name="answer">Makes the answer of a request, or <see langword="null"/> to leave it to the others; it runs on many threads at once.</param>
    /// <returns>What ends the interception.</returns>
    public IDisposable Intercept(Func<MockRequest, MockResponse?> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var interception =
            new MockInterception(answer, ended => ImmutableInterlocked.Update(ref _interceptions, static (all, gone) => all.Remove(gone), ended));
        ImmutableInterlocked.Update(ref _interceptions, static (all, added) => all.Insert(0, added), interception);
        return interception;
    }

    /// <summary>Closes the port and all connections: from now on connections are refused.</summary>
    /// <returns>A task that ends when the port is closed.</returns>
    public async ValueTask RefuseConnectionsAsync()
    {
        await _listening.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Interlocked.Exchange(ref _app, null) is { } app)
            {
                using var now = new CancellationTokenSource();
                await now.CancelAsync().ConfigureAwait(false); // connections are not waited for
                await app.StopAsync(now.Token).ConfigureAwait(false);
                await app.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _listening.Release();
        }
    }

    /// <summary>Opens the port again after <see cref="RefuseConnectionsAsync"/>; harmless while it is open.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that ends when the port is open.</returns>
    /// <exception cref="IOException">Somebody else has taken the port meanwhile.</exception>
    public async ValueTask ListenAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) == 1, this);
        await _listening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_app is null)
            {
                var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
                builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
                {
                    kestrel.Limits.MaxRequestBodySize = null;
                    kestrel.Limits.MinResponseDataRate = null; // a drip is meant to be slow
                    kestrel.Limits.MaxRequestLineSize = 64 * 1024;
                    kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
                    kestrel.Listen(IPAddress.Loopback, _port);
                });
                var app = builder.Build();
                app.Run(HandleAsync);
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
                _port = new Uri(app.Urls.First()).Port;
                _app = app;
            }
        }
        finally
        {
            _listening.Release();
        }
    }

    /// <summary>Fails when a request came that nothing matched.</summary>
    /// <exception cref="ConformanceException">Such requests came; the message lists them and the routes.</exception>
    public void AssertAllMatched()
    {
        if (Unmatched is { Count: > 0 } unmatched)
        {
            throw new ConformanceException($"{unmatched.Count} request(s) matched no route: {string.Join("; ", unmatched.Take(20))}. {Routes()}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false); // hanging answers would hold up the stop
        await RefuseConnectionsAsync().ConfigureAwait(false);
        _forwarder?.Dispose();
        _stopping.Dispose();
        _listening.Dispose();
    }

    private string Routes() => _routes.IsEmpty ? "The server has no routes." : $"The routes are: {string.Join("; ", _routes)}.";

    private async Task HandleAsync(HttpContext http)
    {
        var (body, isCut) = await ReadAsync(http, _options.MaxBodyBytes, keepAll: _forwarder is not null).ConfigureAwait(false);
        var kept = body.Length > _options.MaxBodyBytes ? body[.._options.MaxBodyBytes] : body;
        var headers = http.Request.Headers.SelectMany(static header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? ""))).ToList();
        var request =
            new MockRequest(http.Request.Method.ToUpperInvariant(), http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers, kept, isCut);
        var forwarder = _forwarder;
        var response = AnswerOf(request);
        if (response is null && forwarder is not null)
        {
            request.MatchedBy(forwarder.ToString(), new Dictionary<string, string>());
        }

        Requests.Add(request); // after the match, so that a reader of the log sees the route
        response ??= forwarder is not null
            ? await forwarder.SendAsync(request, body, http.RequestAborted).ConfigureAwait(false)
            : MockResponse.Text($"No route of the mock server matches {request}. {Routes()}", status: 501);
        await MockAnswers.WriteAsync(http, response, _options.TimeProvider, _stopping.Token).ConfigureAwait(false);
    }

    private MockResponse? AnswerOf(MockRequest request)
    {
        foreach (var interception in _interceptions)
        {
            if (interception.Answer(request) is { } response)
            {
                request.MatchedBy("an interception", new Dictionary<string, string>());
                return response;
            }
        }

        foreach (var route in _routes)
        {
            if (route.TryAnswer(request) is { } response)
            {
                return response;
            }
        }

        return null;
    }

    private static async Task<(byte[] Body, bool IsCut)> ReadAsync(HttpContext http, int limit, bool keepAll)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted).ConfigureAwait(false) is var read and > 0)
        {
            if (keepAll || all.Length <= limit)
            {
                all.Write(buffer, 0, read);
            }
        }

        return (all.ToArray(), all.Length > limit);
    }
}

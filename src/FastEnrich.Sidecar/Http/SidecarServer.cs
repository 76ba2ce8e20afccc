using System.Net;
using System.Net.Sockets;
using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FastEnrich.Sidecar.Http;

/// <summary>Kestrel with our application on it, and nothing between them: no host, no middleware, no routing.</summary>
internal sealed class SidecarServer : IAsyncDisposable
{
    private const int MaxTargetBytes = 64 * 1024; // an id of 10 kB, every byte escaped, is still answered with a clear 400

    private readonly ServeOptions _options;
    private readonly KestrelServer _server;
    private readonly SidecarApplication _application;
    private readonly HealthHandlers _health;
    private readonly ILogger _logger;
    private bool _bound;

    public SidecarServer(ServeOptions options, EngineHost engine, Func<TimeSpan> engineTimeout, ILoggerFactory loggers, TimeProvider timeProvider)
    {
        RefuseOpenDoor(options);
        _options = options;
        _logger = loggers.CreateLogger("FastEnrich.Sidecar.Http");
        var access = new AccessPolicy(options.Tokens, options.AllowUnauthenticatedAdmin, new HostAllowList(options.AllowedHosts));
        _health = new HealthHandlers(engine);
        var users = new UserHandlers(engine, options.MaxDeadline, engineTimeout, timeProvider);
        _application = new SidecarApplication(access, users, new PluginHandlers(engine), _health, timeProvider, _logger);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { CreateBoundListenSocket = Bind }), loggers);
        _server = new KestrelServer(Options.Create(CreateKestrelOptions()), transport, loggers);
    }

    /// <summary>Where the server listens, with the ports that it was given.</summary>
    public IEnumerable<string> Addresses => _server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <exception cref="UsageException">An address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.UnixSocket is { } path)
        {
            UnixSocketFile.RemoveStale(path);
        }

        try
        {
            await _server.StartAsync(_application, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new UsageException($"cannot listen: {e.Message}"); // addresses and paths from the command line, nothing of a user
        }

        _health.Ready = true;
    }

    /// <summary>Says "not ready", takes no new connections, and waits for running requests.</summary>
    public async Task DrainAsync(TimeSpan limit, TimeProvider timeProvider)
    {
        _health.Ready = false;
        Log.Draining(_logger);
        using var ending = new CancellationTokenSource(limit, timeProvider);
        await _server.StopAsync(ending.Token);
        if (ending.IsCancellationRequested)
        {
            Log.DrainIncomplete(_logger);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        if (_options.UnixSocket is { } path && _bound)
        {
            File.Delete(path);
        }
    }

    private static void RefuseOpenDoor(ServeOptions options)
    {
        if (options.Tokens.IsEmpty && options.Addresses.FirstOrDefault(static a => !a.IsLoopback) is { } open)
        {
            throw new UsageException(
                $"--urls: {open.Address} is reachable from other machines, and no token is configured; "
                + $"set {TokenTable.Variable}, or listen on 127.0.0.1 or --unix-socket");
        }
    }

    private KestrelServerOptions CreateKestrelOptions()
    {
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowAlternateSchemes = true, // HTTP/2 without TLS says http on what PriorKnowledge makes look like TLS; no scheme is used here
        };
        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = MaxTargetBytes;
        limits.MaxRequestBufferSize = 2 * MaxTargetBytes;
        limits.MaxRequestBodySize = RequestBody.MaxBytes;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MaxConcurrentConnections = 10_000;
        limits.Http2.MaxRequestHeaderFieldSize = MaxTargetBytes;
        limits.Http2.HeaderTableSize = 4096;
        foreach (var address in _options.Addresses)
        {
            if (address.Address is null)
            {
                kestrel.ListenLocalhost(address.Port, static listen => listen.Use(PriorKnowledge.Detect));
            }
            else
            {
                kestrel.Listen(new IPEndPoint(address.Address, address.Port), static listen => listen.Use(PriorKnowledge.Detect));
            }
        }

        if (_options.UnixSocket is { } path)
        {
            kestrel.ListenUnixSocket(path, static listen =>
            {
                listen.Use(static next => connection =>
                {
                    connection.Features.Set(UnixSocketConnection.Instance);
                    return next(connection);
                });
                listen.Use(PriorKnowledge.Detect);
            });
        }

        return kestrel;
    }

    private Socket Bind(EndPoint endPoint)
    {
        if (endPoint is not UnixDomainSocketEndPoint unix)
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }

        var socket = UnixSocketFile.Bind(unix, _options.UnixSocket!);
        _bound = true;
        return socket;
    }
}

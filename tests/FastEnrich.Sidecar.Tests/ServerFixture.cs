using System.Net;
using System.Net.Sockets;
using System.Text;
using FastEnrich.Sidecar.Hosting;
using FastEnrich.Sidecar.Http;
using FastEnrich.Sidecar.Logging;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Tests;

/// <summary>A real server on loopback with a fake engine, spoken to in exact bytes.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private readonly LoggerFactory _loggers;
    private readonly StringWriter _log = new();
    private readonly string? _unixSocket;

    private ServerFixture(FakeEnricher enricher, ServeOptions options, EngineHost? engine)
    {
        Enricher = enricher;
        _unixSocket = options.UnixSocket;
        _loggers = new LoggerFactory([new LineLoggerProvider(TextWriter.Synchronized(_log), LogLevel.Trace, TimeProvider.System)], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        Server = new SidecarServer(options, engine ?? enricher.AsHost(), () => EngineTimeout, _loggers, TimeProvider.System);
    }

    /// <summary>How long the engine waits now; a reload may change it.</summary>
    public TimeSpan EngineTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public FakeEnricher Enricher { get; }

    public SidecarServer Server { get; }

    /// <summary>Everything logged so far, at Trace.</summary>
    public string Log => _log.ToString();

    public int Port => new Uri(Server.Addresses.First(a => a.StartsWith("http://127", StringComparison.Ordinal))).Port;

    public static async Task<ServerFixture> StartAsync(FakeEnricher? enricher = null, Func<ServeOptions, ServeOptions>? configure = null, EngineHost? engine = null)
    {
        var options = new ServeOptions { Addresses = [new ListenAddress(IPAddress.Loopback, 0)], Tokens = TokenTable.Parse(null) };
        var fixture = new ServerFixture(enricher ?? new FakeEnricher(), configure?.Invoke(options) ?? options, engine);
        await fixture.Server.StartAsync(CancellationToken.None);
        return fixture;
    }

    /// <summary>Sends a request whose target is written as it stands.</summary>
    public Task<RawResponse> SendAsync(string method, string target, string headers = "", string host = "localhost", string body = "") =>
        SendRawAsync($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}{(body.Length > 0 ? $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "")}\r\n{body}");

    public async Task<RawResponse> SendRawAsync(string request)
    {
        using var socket = await ConnectAsync();
        using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var response = new MemoryStream();
        await stream.CopyToAsync(response).WaitAsync(TimeSpan.FromSeconds(30));
        return RawResponse.Parse(response.ToArray());
    }

    public async Task<Socket> ConnectAsync()
    {
        if (_unixSocket is not null)
        {
            var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await unix.ConnectAsync(new UnixDomainSocketEndPoint(_unixSocket));
            return unix;
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _loggers.Dispose();
    }
}

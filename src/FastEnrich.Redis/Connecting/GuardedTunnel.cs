using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace FastEnrich.Redis.Connecting;

/// <summary>
/// How connections are made: names are looked up by us, and what a server sends is followed by a <see cref="ReplyGuard"/>, unless it is encrypted.
/// </summary>
internal sealed class GuardedTunnel(NameLookup names, ConfigurationOptions options) : Tunnel
{
    /// <summary>Gets or sets the bytes that one reply may have.</summary>
    public long MaxReply { get; set; } = 64 * 1024 * 1024; // the nodes of a large cluster have a few; it is what a connection can make us hold

    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        names.GetSocketConnectEndpointAsync(endpoint, cancellationToken);

    // The client speaks TLS itself, above this stream; who answers there has shown a certificate.
    public override ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken) =>
        new(options.Ssl || socket is null ? null : new GuardedStream(socket, new ReplyGuard(MaxReply)));
}

using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace FastEnrich.Sidecar.Http;

/// <summary>
/// HTTP/2 without TLS beside HTTP/1.1 on one address. Kestrel picks HTTP/2 by ALPN only; here a connection that opens with HTTP/2's preface is given its answer.
/// </summary>
internal static class PriorKnowledge
{
    private static readonly TimeSpan s_firstBytes = TimeSpan.FromMinutes(2); // as long as Kestrel keeps an idle connection

    public static ConnectionDelegate Detect(ConnectionDelegate next) => async connection =>
    {
        if (await StartsWithPrefaceAsync(connection) is not { } isHttp2)
        {
            return;
        }

        if (isHttp2)
        {
            connection.Features.Set<ITlsApplicationProtocolFeature>(Alpn.Instance);
            connection.Features.Set<ITlsConnectionFeature>(Alpn.Instance);
        }

        await next(connection);
    };

    /// <summary>Whether the connection opens with <c>PRI</c>; null when it ends before it says.</summary>
    private static async ValueTask<bool?> StartsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        var shutdown = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, shutdown);
        ending.CancelAfter(s_firstBytes);
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(ending.Token);
                var verdict = IsPreface(result.Buffer);
                if (verdict is not null || result.IsCompleted)
                {
                    input.AdvanceTo(result.Buffer.Start); // unread: the protocol begins at the first byte
                    return verdict;
                }

                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ConnectionResetException)
        {
            return null;
        }
    }

    private static bool? IsPreface(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> head = stackalloc byte[3];
        var length = (int)Math.Min(3, buffer.Length);
        buffer.Slice(0, length).CopyTo(head);
        if (!"PRI"u8.StartsWith(head[..length]))
        {
            return false;
        }

        return length == 3 ? true : null;
    }

    private sealed class Alpn : ITlsApplicationProtocolFeature, ITlsConnectionFeature
    {
        public static Alpn Instance { get; } = new();

        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = SslApplicationProtocol.Http2.Protocol;

        public X509Certificate2? ClientCertificate
        {
            get => null;
            set => throw new NotSupportedException();
        }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
    }
}

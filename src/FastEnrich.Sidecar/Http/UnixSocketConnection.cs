namespace FastEnrich.Sidecar.Http;

/// <summary>A feature of connections that came through the Unix socket.</summary>
internal sealed class UnixSocketConnection
{
    public static UnixSocketConnection Instance { get; } = new();
}

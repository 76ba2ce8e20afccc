using System.Net;
using System.Net.Sockets;

namespace FastEnrich.Tests.Fakes;

/// <summary>An upstream on loopback that answers everything with an empty JSON object, keeps connections open, and counts those that are.</summary>
internal sealed class LoopbackUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _open;
    private int _accepted;
    private int _requests;

    public LoopbackUpstream()
    {
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Gets how many connections their client has not closed.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Gets how many connections there have been.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _open);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(_stopping.Token) is { } line)
            {
                if (line.Length == 0) // the end of a GET
                {
                    Interlocked.Increment(ref _requests);
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), _stopping.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Stopped, or the client is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}

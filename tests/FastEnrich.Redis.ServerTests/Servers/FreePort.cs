using System.Net;
using System.Net.Sockets;

namespace FastEnrich.Redis.ServerTests.Servers;

internal static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_768; // from there on the system gives ports to clients: to anybody, while a server that had one is down

    private static readonly HashSet<int> Taken = [];

    /// <summary>A port that nobody listens on, that was not handed out before, and that a server finds free again when it is restarted.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            lock (Taken)
            {
                if (Taken.Add(port) && IsFree(port))
                {
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace FastEnrich.Redis.ServerTests.Servers;

internal static class FreePort
{
    private static readonly HashSet<int> Taken = [];

    /// <summary>A port that nobody listens on, and that was not handed out before.</summary>
    public static int Next()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            lock (Taken)
            {
                if (Taken.Add(port))
                {
                    return port;
                }
            }
        }
    }
}

using System.Net.Sockets;
using System.Text;
using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Http;

/// <summary>The file of the Unix socket: mode 0600 before anybody can connect, and never put in the place of anything but a dead socket.</summary>
internal static class UnixSocketFile
{
    private const int MaxPathBytes = 103; // the smallest of the systems' limits
    private const int NoSuchDevice = 6; // ENXIO: what Linux answers to opening a socket
    private const int NotSupported = 102; // EOPNOTSUPP: what macOS answers

    /// <exception cref="UsageException">The path does not fit into a socket's address.</exception>
    public static string FullPath(string path)
    {
        var full = Path.GetFullPath(path);
        return Encoding.UTF8.GetByteCount(full) <= MaxPathBytes
            ? full
            : throw new UsageException($"--unix-socket: '{full}' is longer than the {MaxPathBytes} bytes that a socket's address holds");
    }

    /// <summary>Removes the socket that a dead process left behind.</summary>
    /// <exception cref="UsageException">Something else is there, or somebody listens on it.</exception>
    public static void RemoveStale(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists && file.LinkTarget is null && !Directory.Exists(path))
        {
            return;
        }

        if (file.LinkTarget is not null || !IsSocket(path))
        {
            throw new UsageException($"--unix-socket: '{path}' exists and is not a socket; it is left alone");
        }

        if (IsAlive(path))
        {
            throw new UsageException($"--unix-socket: another process listens on '{path}'");
        }

        File.Delete(path);
    }

    /// <summary>Binds the socket; it is private before it listens.</summary>
    public static Socket Bind(UnixDomainSocketEndPoint endPoint, string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsSocket(string path)
    {
        try
        {
            // Read and write: on a named pipe anything less waits for its other end.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException e)
        {
            return e.HResult is NoSuchDevice or NotSupported;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsAlive(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>A TCP proxy in front of one server, with a switch for each way in which a network fails.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ProxyFault _fault;
    private Socket? _listener;

    public FaultProxy(int target)
    {
        _target = target;
        Listen();
    }

    public int Port { get; private set; }

    public string Connection => $"127.0.0.1:{Port}";

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(50);

    public ProxyFault Fault => _fault;

    public void Set(ProxyFault fault)
    {
        _fault = fault;
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (fault == ProxyFault.Refuse)
        {
            _listener?.Dispose();
            _listener = null;
            CutAll();
        }
        else if (_listener is null)
        {
            Listen();
        }
    }

    /// <summary>Resets every connection; new ones are made as before.</summary>
    public void CutAll()
    {
        foreach (var socket in _open.Keys)
        {
            Reset(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        CutAll();
        _stop.Dispose();
    }

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port)); // the same port each time, once the system has chosen it
        listener.Listen();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Switched to Refuse, or done.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _open[client] = 0;
        _open[server] = 0;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(PumpAsync(client, server, replies: false), PumpAsync(server, client, replies: true));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server is away: so is the client's connection.
        }
        finally
        {
            Reset(client);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool replies)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var length)
            {
                if (!await MayPassAsync(buffer.AsMemory(0, length), to, replies))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side has gone; the caller resets the other.
        }
    }

    private async Task<bool> MayPassAsync(Memory<byte> chunk, Socket to, bool replies)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task; // before the switch is read, so that no change is missed
            switch (_fault)
            {
                case ProxyFault.Hang:
                    await changed.WaitAsync(_stop.Token);
                    continue;
                case ProxyFault.Slow:
                    await Task.WhenAny(Task.Delay(Delay, _stop.Token), changed);
                    break;
                case ProxyFault.Garbage when replies:
                    Random.Shared.NextBytes(chunk.Span);
                    break;
                case ProxyFault.Cut when replies:
                    await to.SendAsync(chunk[..(chunk.Length / 2)], _stop.Token);
                    return false;
                case ProxyFault.Refuse:
                    return false;
            }

            await to.SendAsync(chunk, _stop.Token);
            return true;
        }
    }

    private void Reset(Socket socket)
    {
        if (_open.TryRemove(socket, out _))
        {
            socket.LingerState = new LingerOption(true, 0); // a reset, not a farewell
            socket.Dispose();
        }
    }
}

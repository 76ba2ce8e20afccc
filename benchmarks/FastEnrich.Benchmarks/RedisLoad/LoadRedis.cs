using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>A <c>redis-server</c> of this machine, without persistence, that a run may kill.</summary>
internal sealed class LoadRedis : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastenrich-load").FullName;
    private Process? _process;

    public LoadRedis()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string Connection => $"127.0.0.1:{Port}";

    public void Start()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder, "--logfile", "redis.log"];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { WorkingDirectory = _folder })!;
    }

    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }
}

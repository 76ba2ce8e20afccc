using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>One <c>redis-server</c> of the machine, without persistence, in a directory of its own.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly string _directory = Directory.CreateTempSubdirectory("fastenrich-redis").FullName;
    private readonly string[] _arguments;
    private Process? _process;

    private RedisProcess(int port, bool isSentinel, string[] arguments)
    {
        Port = port;
        if (isSentinel)
        {
            var configuration = Path.Combine(_directory, "sentinel.conf"); // a sentinel writes into it what it learns
            File.WriteAllLines(configuration, [$"port {port}", "bind 127.0.0.1", $"dir {_directory}", .. arguments]);
            _arguments = [configuration, "--sentinel"];
            return;
        }

        _arguments = ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _directory, "--loglevel", "warning", .. arguments];
    }

    /// <summary>Gets whether this machine has a <c>redis-server</c>.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "redis-server")));

    public int Port { get; }

    public static async Task<RedisProcess> StartAsync(int port, params string[] arguments)
    {
        var redis = new RedisProcess(port, isSentinel: false, arguments);
        await redis.StartAsync();
        return redis;
    }

    public static async Task<RedisProcess> StartSentinelAsync(int port, params string[] configuration)
    {
        var sentinel = new RedisProcess(port, isSentinel: true, configuration);
        await sentinel.StartAsync();
        return sentinel;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("redis-server") { WorkingDirectory = _directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in _arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { }; // a full pipe would stop the server
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.True(AnswersAsync);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>SIGSTOP: connections stay open and nobody answers on them.</summary>
    public void Suspend() => Signal(Stop);

    public void Resume() => Signal(Continue);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process!.HasExited, "redis-server ended at once");
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(int signal)
    {
        if (kill(_process!.Id, signal) != 0)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
}

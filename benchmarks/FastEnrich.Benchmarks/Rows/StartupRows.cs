using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FastEnrich.Benchmarks.Harness;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>From starting the process to its first answer, the native sidecar beside the least that Kestrel needs; run in turns.</summary>
internal static class StartupRows
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static void Run(Report report, string sidecar, string bare, int rounds)
    {
        var configuration = Path.Combine(Path.GetTempPath(), $"fastenrich-startup-{Environment.ProcessId}.yaml");
        File.WriteAllText(configuration, "plugins: { hubspot: { config: { api_url: 'http://127.0.0.1:9', api_key: none } } }");
        var ours = new double[rounds];
        var theirs = new double[rounds];
        var memory = new double[rounds];
        for (var round = -2; round < rounds; round++) // two to warm the disk cache
        {
            var peer = Measure(bare, static url => [url], "/");
            var us = Measure(sidecar, url => ["serve", "--config", configuration, "--urls", url], "/healthz");
            if (round >= 0)
            {
                (ours[round], theirs[round]) = (us.Milliseconds, peer.Milliseconds);
                memory[round] = us.Memory / (double)peer.Memory;
            }
        }

        var ratios = ours.Zip(theirs, static (us, peer) => us / peer);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(ours):0.0} ms; {Statistics.Median(theirs):0.0} ms; median of {rounds} pairs");
        report.Add(Row.AtMost("sidecar: first answer / bare Kestrel endpoint", Statistics.Median(ratios), 1.5, detail));
        report.Add(Row.AtMost("sidecar: idle memory / bare Kestrel endpoint", Statistics.Median(memory), 2, "resident set after the first answer"));
        var (size, bareSize) = (new FileInfo(sidecar).Length, new FileInfo(bare).Length);
        var sizes = string.Create(CultureInfo.InvariantCulture, $"{size / 1024} KiB; {bareSize / 1024} KiB");
        report.Add(Row.AtMost("sidecar: binary / bare Kestrel endpoint", size / (double)bareSize, 2, sizes));
    }

    private static (double Milliseconds, long Memory) Measure(string program, Func<string, string[]> arguments, string path)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program, arguments($"http://127.0.0.1:{port}")) { RedirectStandardError = true, RedirectStandardOutput = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            while (!TryGet(port, path))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > s_patience)
                {
                    var reason = process.HasExited ? process.StandardError.ReadToEnd() : "no answer in time";
                    throw new InvalidOperationException($"{Path.GetFileName(program)} did not answer: {reason}");
                }
            }

            var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            process.Refresh();
            return (elapsed, process.WorkingSet64);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static bool TryGet(int port, string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"));
            var buffer = new byte[64];
            return socket.Receive(buffer) > 12 && buffer.AsSpan(9, 3).SequenceEqual("200"u8);
        }
        catch (SocketException)
        {
            Thread.Sleep(1);
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

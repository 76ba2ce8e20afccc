using System.Diagnostics;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>Two processes, one Redis: how long until a user that one forgets is gone from the other?</summary>
internal static class ForgetLoad
{
    private const int Users = 200;

    public static async Task RunAsync(LoadRedis server)
    {
        await using var engine = await LoadEngine.StartAsync(server.Connection, TimeSpan.FromSeconds(1));
        using var redis = await LoadAdmin.ConnectAsync(server.Connection);
        await redis.WhenWritingAsync(engine, "forget");
        var other = new ProcessStartInfo(Environment.ProcessPath!, ["redis-load", "peer", server.Connection])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var peer = Process.Start(other)!;
        var times = new List<double>();
        for (var i = 0; i < Users; i++)
        {
            await engine.Manager.EnrichAsync($"u{i}");
            await peer.StandardInput.WriteLineAsync($"u{i}");
            await peer.StandardOutput.ReadLineAsync(); // held

            var start = Stopwatch.GetTimestamp();
            var receipt = await engine.Manager.ForgetAsync($"u{i}");
            await peer.StandardOutput.ReadLineAsync(); // gone
            times.Add(receipt.Complete ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : double.NaN);
        }

        peer.StandardInput.Close();
        await peer.WaitForExitAsync();
        times.Sort();
        Console.WriteLine(
            $"two processes: {Users} forgets, {times.Count(double.IsNaN)} not complete; "
            + $"gone from the other after {times[Users / 2]:0.0} ms (p50), {times[^1]:0.0} ms (longest), its pipe to us included");
    }

    /// <summary>The other process: holds each user that it is told, and says when it is gone.</summary>
    public static async Task PeerAsync(string connection)
    {
        await using var engine = await LoadEngine.StartAsync(connection, TimeSpan.FromSeconds(1));
        using var redis = await LoadAdmin.ConnectAsync(connection);
        await redis.WhenWritingAsync(engine, "peer");
        while (await Console.In.ReadLineAsync() is { } user)
        {
            await engine.Manager.EnrichAsync(user);
            Console.WriteLine("held");
            while (engine.Manager.Inspect(user) is not null)
            {
                await Task.Yield();
            }

            Console.WriteLine("gone");
        }
    }
}

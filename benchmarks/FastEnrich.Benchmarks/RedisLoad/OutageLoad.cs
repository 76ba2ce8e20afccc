using System.Diagnostics;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>Redis is killed and restarted while callers enrich users that nobody has seen: what do they notice?</summary>
internal static class OutageLoad
{
    private const int Callers = 8;

    private static readonly TimeSpan L2Timeout = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(LoadRedis server)
    {
        await using var engine = await LoadEngine.StartAsync(server.Connection, L2Timeout);
        await using var redis = await LoadAdmin.ConnectAsync(server.Connection);
        await redis.WhenWritingAsync(engine, "before");
        var phase = 0;
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(engine, caller, () => Volatile.Read(ref phase), stop.Token))).ToArray();

        await Task.Delay(Phase);
        Volatile.Write(ref phase, 1);
        server.Kill();
        await Task.Delay(Phase);
        Volatile.Write(ref phase, 2);
        server.Start();
        var watch = Stopwatch.StartNew();
        using var fresh = await LoadAdmin.ConnectAtOnceAsync(server.Connection);
        while (await fresh.CountKeysAsync() == 0)
        {
            await Task.Delay(20); // it came back empty: the first key is the first write of the tier
        }

        var back = watch.Elapsed;
        await Task.Delay(Phase);
        await stop.CancelAsync();

        Print(await Task.WhenAll(callers), back);
    }

    private static async Task<(int Phase, double Ms, bool Ok)[]> CallAsync(LoadEngine engine, int caller, Func<int> phase, CancellationToken stop)
    {
        var requests = new List<(int, double, bool)>();
        while (!stop.IsCancellationRequested)
        {
            var at = phase();
            var start = Stopwatch.GetTimestamp();
            var ok = (await engine.Manager.EnrichAsync($"{caller}-{requests.Count}", CancellationToken.None)).SuccessCount == LoadEngine.Plugins;
            requests.Add((at, Stopwatch.GetElapsedTime(start).TotalMilliseconds, ok));
            await Task.Delay(1, CancellationToken.None);
        }

        return [.. requests];
    }

    private static void Print((int Phase, double Ms, bool Ok)[][] callers, TimeSpan back)
    {
        var requests = callers.SelectMany(static requests => requests).ToArray();
        foreach (var (phase, name) in new[] { (0, "Redis there"), (1, "killed"), (2, "restarted") })
        {
            var times = requests.Where(request => request.Phase == phase).Select(static request => request.Ms).Order().ToArray();
            var failed = requests.Count(request => request.Phase == phase && !request.Ok);
            Console.WriteLine(
                $"{name,-12} {times.Length,7} requests, {failed} failed, "
                + $"p50 {times[times.Length / 2]:0.0} ms, p99 {times[times.Length * 99 / 100]:0.0} ms, longest {times[^1]:0.0} ms");
        }

        Console.WriteLine($"the tier is back {back.TotalSeconds:0.0} s after the restart; l2_timeout is {L2Timeout.TotalMilliseconds} ms");
    }
}

using System.Diagnostics;
using System.Globalization;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>
/// A hung upstream on the wall clock: by how much callers wait longer than they asked, and what a hundred thousand requests against it leave behind.
/// </summary>
internal static class DeadlineRows
{
    private const int Runs = 5;
    private const int Callers = 64;

    private static readonly TimeSpan s_deadline = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Report report, bool quick)
    {
        var p50 = new double[Runs];
        var p99 = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            (p50[run], p99[run]) = await OverrunAsync(quick ? 20 : 100);
        }

        var detail = string.Create(CultureInfo.InvariantCulture, $"deadline {s_deadline.TotalMilliseconds} ms, {Callers} callers, median of {Runs} runs");
        report.Add(new Row("hung upstream: deadline overrun, p50", Statistics.Median(p50), 1, false, " ms", detail));
        report.Add(new Row("hung upstream: deadline overrun, p99", Statistics.Median(p99), 10, false, " ms", detail));
        await MemoryAsync(report);
    }

    private static async Task<(double P50, double P99)> OverrunAsync(int requests)
    {
        await using var engine = Start();
        var overruns = new double[Callers * requests];
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < requests; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await engine.EnrichAsync(Sample.UserId((caller * requests) + i), new EnrichOptions { Deadline = s_deadline });
                overruns[(caller * requests) + i] = Math.Max(0, (Stopwatch.GetElapsedTime(began) - s_deadline).TotalMilliseconds);
            }
        })));

        Array.Sort(overruns);
        return (overruns[overruns.Length / 2], overruns[(int)(overruns.Length * 0.99)]);
    }

    private static async Task MemoryAsync(Report report)
    {
        await using var engine = Start();
        var after1000 = await HeapAfterAsync(engine, 0, 1_000);
        var most = 0;
        var after100000 = await HeapAfterAsync(
            engine,
            1_000,
            100_000,
            () => most = Math.Max(most, engine.GetPluginStatus("silent")!.Waiting + engine.GetPluginStatus("silent")!.Running));
        var heaps = string.Create(CultureInfo.InvariantCulture, $"{after100000 / 1024} KiB; {after1000 / 1024} KiB");
        report.Add(new Row("hung upstream: heap after 10^5 requests / after 10^3", after100000 / (double)after1000, 1.2, false, "x", heaps));
        report.Add(new Row("hung upstream: fetches running and waiting", most, Permits + Queue, false, "", "limit: permits + queue"));
    }

    private const int Permits = 64;
    private const int Queue = 256;

    private static async Task<long> HeapAfterAsync(PluginManager engine, int first, int last, Action? sample = null)
    {
        for (var user = first; user < last; user += Callers)
        {
            await Task.WhenAll(Enumerable.Range(user, Callers).Select(id =>
                engine.EnrichAsync(Sample.UserId(id), new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(1) }).AsTask()));
            sample?.Invoke();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static PluginManager Start()
    {
        var options = new FastEnrichOptions();
        options.Engine.L1.MaxEntries = 500;
        options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "silent" },
            PluginType = typeof(SilentPlugin),
            Create = _ => new SilentPlugin(),
        });
        options.Plugins["silent"] = new PluginSettings { MaxConcurrency = Permits, QueueCapacity = Queue, FetchTimeout = TimeSpan.FromMinutes(2), MaxRetries = 0 };
        var engine = PluginManager.Create(options);
        engine.StartAsync().AsTask().GetAwaiter().GetResult();
        return engine;
    }
}

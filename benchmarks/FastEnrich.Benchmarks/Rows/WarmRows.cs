using System.Globalization;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Peers;
using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>A warm read beside one bare lookup in a memory cache, and beside a generic cache asked once per plugin.</summary>
internal static class WarmRows
{
    private const string Engine = "engine";
    private const string Lookup = "MemoryCache lookup";
    private const string Fusion = "FusionCache";
    private const string Hybrid = "HybridCache";
    private const int ManyUsers = 100_000;

    public static async Task RunAsync(Report report, bool quick)
    {
        foreach (var plugins in (int[])[1, 5, 20])
        {
            await RunAsync(report, plugins, users: 1, peers: true, rounds: quick ? 15 : 41, TimeSpan.FromMilliseconds(10));
        }

        foreach (var plugins in quick ? (int[])[5] : [1, 5, 20])
        {
            // With 20 plugins the generic caches would hold four million entries: their row is the one with 5.
            await RunAsync(report, plugins, ManyUsers, peers: plugins == 5, rounds: quick ? 11 : 21, TimeSpan.FromMilliseconds(60));
        }
    }

    private static async Task RunAsync(Report report, int plugins, int users, bool peers, int rounds, TimeSpan roundTime)
    {
        await using var engine = await BenchmarkEngine.StartAsync(plugins, maxEntries: 2 * users + 16);
        await BenchmarkEngine.WarmAsync(engine, users);
        string[] keys = [.. Enumerable.Range(0, users).Select(Sample.UserId)];
        new Random(1).Shuffle(keys);

        var contest = new Contest();
        using var cache = BareLookup.Fill(users);
        contest.Add(Lookup, new BareLookup(cache), keys);
        contest.Add(Engine, new EngineReads(engine), keys);
        if (peers)
        {
            string[][] slots = [.. keys.Select(key => Enumerable.Range(0, plugins).Select(plugin => $"{key}:{Sample.PluginName(plugin)}").ToArray())];
            contest.Add(Fusion, new FusionReads(FusionReads.Fill(slots), slots), keys);
            contest.Add(Hybrid, new HybridReads(HybridReads.Fill(slots), slots), keys);
        }

        contest.Run(rounds, roundTime);
        Add(report, contest, plugins, users, peers);
    }

    private static void Add(Report report, Contest contest, int plugins, int users, bool peers)
    {
        var hot = users == 1;
        var row = string.Create(CultureInfo.InvariantCulture, $"warm read, {Count(plugins)}, {(hot ? "hot user" : "100,000 users")}");
        report.Add(Row.AtMost($"{row}: time / one MemoryCache lookup", contest.Ratio(Engine, Lookup), hot ? 0.75 : 1.1, Values(contest, Lookup)));
        report.Add(new Row($"{row}: allocated", contest.Bytes(Engine), 0, AtLeast: false, " B", "the worst round"));
        if (peers)
        {
            // The targets are for 5 plugins; a generic cache pays for each plugin, so they grow with their number.
            report.Add(Row.Faster($"{row}: times faster than FusionCache x{plugins}", contest.Ratio(Fusion, Engine), 10.0 * plugins, Values(contest, Fusion)));
            report.Add(Row.Faster($"{row}: times faster than HybridCache x{plugins}", contest.Ratio(Hybrid, Engine), 3.0 * plugins, Values(contest, Hybrid)));
        }
    }

    private static string Count(int plugins) => plugins == 1 ? "1 plugin" : $"{plugins} plugins";

    private static string Values(Contest contest, string peer) =>
        string.Create(CultureInfo.InvariantCulture, $"{contest.Nanoseconds(Engine):0.0} ns; {contest.Nanoseconds(peer):0.0} ns, {contest.Bytes(peer):0} B");
}

using System.Globalization;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Peers;
using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>
/// A user that another instance knows, out of Redis: beside a bare loop that does the same HMGET and throws the bytes away, and beside a generic cache that asks once
/// per plugin. Ours includes the entry, the claim of each slot, the check of each record, and the snapshot.
/// </summary>
internal static class RedisRows
{
    private const int Plugins = 5;
    private const int Users = 10_000;
    private const int HeldUsers = 500; // so that nobody who is asked for is in memory

    public static async Task RunAsync(Report report, bool quick)
    {
        using var redis = await RedisProcess.StartAsync();
        if (redis is null)
        {
            Console.WriteLine("redis: no redis-server on the PATH, rows left out");
            return;
        }

        await using (var writing = await StartAsync(redis.Address, Users * 2))
        {
            await BenchmarkEngine.WarmAsync(writing, Users);
        }

        await using var engine = await StartAsync(redis.Address, HeldUsers);
        var complete = await FirstFromRedisAsync(engine);
        await BenchmarkEngine.WarmAsync(engine, Users); // those that were fetched before the tier was connected are written now
        var before = Calls(engine);
        await using var bare = await BareHmget.StartAsync(redis.Address, Plugins, complete);
        using var fusion = new FusionRedisReads(redis.Address, Plugins, complete);
        await fusion.FillAsync(Users);
        foreach (var callers in (int[])[1, 16, 128])
        {
            await RunAsync(report, engine, bare, fusion, callers, rounds: quick ? 7 : 21, TimeSpan.FromMilliseconds(quick ? 150 : 300));
        }

        if (Calls(engine) - before is var calls and > 0)
        {
            throw new InvalidOperationException($"{calls} results did not come from Redis: the run measured something else");
        }
    }

    private static async Task RunAsync(Report report, PluginManager engine, BareHmget bare, FusionRedisReads fusion, int callers, int rounds, TimeSpan roundTime)
    {
        var user = 0;
        string Next() => Sample.UserId(Interlocked.Increment(ref user) % Users);

        var toBare = new LoadContest(callers, () => engine.EnrichAsync(Next()), () => bare.ReadAsync(Next()));
        await toBare.RunAsync(rounds, roundTime);
        var toFusion = new LoadContest(callers, () => engine.EnrichAsync(Next()), () => fusion.ReadAsync(Next()));
        await toFusion.RunAsync(rounds, roundTime);
        var decoded = new LoadContest(callers, () => DecodedAsync(engine, Next()), () => fusion.ReadAsync(Next()));
        await decoded.RunAsync(rounds, roundTime);

        var row = string.Create(CultureInfo.InvariantCulture, $"L2 read, {Plugins} plugins, {callers} caller{(callers == 1 ? "" : "s")}");
        report.Add(Row.Faster($"{row}: rate / bare HMGET loop", 1 / toBare.Ratio.Microseconds, 0.9, Values(toBare)));
        report.Add(Row.Faster($"{row}: rate / FusionCache + Redis x{Plugins}", 1 / toFusion.Ratio.Microseconds, 1.5, Values(toFusion)));
        report.Add(Row.Faster($"{row}, merged view read: rate / FusionCache + Redis x{Plugins}", 1 / decoded.Ratio.Microseconds, 1, Values(decoded)));
    }

    private static async Task<PluginManager> StartAsync(string address, int maxEntries) =>
        await BenchmarkEngine.StartAsync(Plugins, maxEntries, options =>
        {
            options.Engine.L2Timeout = TimeSpan.FromSeconds(5); // a round that misses it would measure plugins
            options.Engine.Redis.WriteQueue = 1_000_000;
            options.AddRedis(address);
        });

    private static long Calls(PluginManager engine) => engine.List().Sum(static plugin => plugin.Succeeded + plugin.Failed);

    /// <summary>The tier connects in the background: reads until it answers.</summary>
    private static async Task<EnrichedProfile> FirstFromRedisAsync(PluginManager engine)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var profile = await engine.EnrichAsync(Sample.UserId(attempt));
            if (profile.Status.Values.All(static status => status.Origin == ResultOrigin.L2))
            {
                return profile;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("nothing comes from Redis");
    }

    private static async ValueTask<EnrichedProfile> DecodedAsync(PluginManager engine, string id)
    {
        var profile = await engine.EnrichAsync(id);
        _ = profile.Merged;
        return profile;
    }

    private static string Values(LoadContest contest) =>
        string.Create(CultureInfo.InvariantCulture, $"{contest.Ours.Microseconds:0.0} us, {contest.Ours.Bytes:0} B; {contest.Peer.Microseconds:0.0} us, {contest.Peer.Bytes:0} B");
}

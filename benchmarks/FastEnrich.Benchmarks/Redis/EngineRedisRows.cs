using System.Globalization;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;
using StackExchange.Redis;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>
/// The whole way of a user that another instance knows: entry, claims, read of Redis, checks, snapshot; beside a bare loop that does the same HMGET and throws the
/// bytes away, and beside FusionCache.
/// </summary>
internal static class EngineRedisRows
{
    private const int Plugins = 5;
    private const int Users = 10_000;
    private const int HeldUsers = 500; // so that nobody who is asked for is in memory

    public static async Task RunAsync(Report report, bool quick)
    {
        if (!LocalRedis.IsInstalled)
        {
            return; // RedisRows has said so
        }

        using var server = LocalRedis.Start();
        await using var connection = await server.ConnectAsync();
        await using (var writing = await StartAsync(server.Connection, Users * 2))
        {
            await BenchmarkEngine.WarmAsync(writing, Users);
        }

        await using var engine = await StartAsync(server.Connection, HeldUsers);
        var complete = await FirstFromRedisAsync(engine);
        await BenchmarkEngine.WarmAsync(engine, Users); // those that were fetched before the tier was connected are written now
        var fusion = new FusionRedis(connection);
        string[][] entries = [.. Enumerable.Range(0, Users).Select(user => Enumerable.Range(0, Plugins).Select(plugin => $"{Sample.UserId(user)}:{plugin}").ToArray())];
        foreach (var entry in entries)
        {
            await Task.WhenAll(entry.Select((key, plugin) => fusion.SetAsync(key, Sample.Enrichment(plugin, plugin))));
        }

        var before = Calls(engine);
        foreach (var callers in (int[])[1, 16, 128])
        {
            await RunAsync(report, engine, connection.GetDatabase(), fusion, entries, complete, callers, rounds: quick ? 7 : 21, TimeSpan.FromMilliseconds(quick ? 150 : 300));
        }

        if (Calls(engine) - before is var calls and > 0)
        {
            throw new InvalidOperationException($"{calls} results did not come from Redis: the run measured something else");
        }
    }

    private static async Task RunAsync(Report report, PluginManager engine, IDatabase database, FusionRedis fusion, string[][] entries, EnrichedProfile complete, int callers, int rounds, TimeSpan roundTime)
    {
        var user = 0;
        RedisValue[] fields = [.. Enumerable.Range(0, Plugins).Select(static plugin => (RedisValue)Sample.PluginName(plugin)), "!"];
        int Next() => Interlocked.Increment(ref user) % Users;

        async ValueTask<EnrichedProfile> Bare()
        {
            var values = await database.HashGetAsync("fe:1:{" + Sample.UserId(Next()) + "}", fields);
            return values.Count(static value => !value.IsNull) >= Plugins ? complete : throw new InvalidOperationException("a read missed");
        }

        async ValueTask<EnrichedProfile> Fusion() =>
            await fusion.ReadAsync(entries[Next()]) == Plugins ? complete : throw new InvalidOperationException("a read missed");

        async ValueTask<EnrichedProfile> Decoded()
        {
            var profile = await engine.EnrichAsync(Sample.UserId(Next()));
            _ = profile.Merged;
            return profile;
        }

        var row = string.Create(CultureInfo.InvariantCulture, $"profile out of L2, {Plugins} plugins, {callers} caller{(callers == 1 ? "" : "s")}");
        var toBare = new LoadContest(callers, () => engine.EnrichAsync(Sample.UserId(Next())), Bare);
        await toBare.RunAsync(rounds, roundTime);
        report.Add(Row.Faster($"{row}: throughput / bare HMGET", 1 / toBare.Ratio.Microseconds, 0.9, Values(toBare)));
        var toFusion = new LoadContest(callers, () => engine.EnrichAsync(Sample.UserId(Next())), Fusion);
        await toFusion.RunAsync(rounds, roundTime);
        report.Add(Row.Faster($"{row}: throughput / FusionCache + Redis", 1 / toFusion.Ratio.Microseconds, 1.5, Values(toFusion)));
        var decoded = new LoadContest(callers, Decoded, Fusion);
        await decoded.RunAsync(rounds, roundTime);
        report.Add(Row.Faster($"{row}, merged view read: throughput / FusionCache + Redis", 1 / decoded.Ratio.Microseconds, 1, Values(decoded)));
    }

    private static async Task<PluginManager> StartAsync(string connection, int maxEntries) =>
        await BenchmarkEngine.StartAsync(Plugins, maxEntries, options =>
        {
            options.Engine.L2Timeout = TimeSpan.FromSeconds(5); // a read that missed it would measure plugins
            options.Engine.Redis.WriteQueue = 1_000_000;
            options.AddRedis(connection);
        });

    /// <summary>The tier connects in the background: asks until somebody comes from there.</summary>
    private static async Task<EnrichedProfile> FirstFromRedisAsync(PluginManager engine)
    {
        for (var attempt = 0; attempt < HeldUsers; attempt++)
        {
            var profile = await engine.EnrichAsync(Sample.UserId(Users - 1 - attempt));
            if (profile.Status.Values.All(static status => status.Origin == ResultOrigin.L2))
            {
                return profile;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("nothing comes from Redis");
    }

    private static long Calls(PluginManager engine) => engine.ListPlugins().Sum(static plugin => plugin.Succeeded + plugin.Failed);

    private static string Values(LoadContest contest) =>
        string.Create(CultureInfo.InvariantCulture, $"{contest.Ours.Microseconds:0.0} us, {contest.Ours.Bytes:0} B; {contest.Peer.Microseconds:0.0} us, {contest.Peer.Bytes:0} B");
}

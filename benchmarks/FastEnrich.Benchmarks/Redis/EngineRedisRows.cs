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
    private const int Rounds = 5;

    private static readonly string[][] s_entries = [.. Enumerable.Range(0, Users).Select(static user => Enumerable.Range(0, Plugins).Select(plugin => $"{Sample.UserId(user)}:{plugin}").ToArray())];
    private static readonly RedisValue[] s_fields = [.. Enumerable.Range(0, Plugins).Select(static plugin => (RedisValue)Sample.PluginName(plugin)), "!"];

    public static async Task RunAsync(Report report, bool quick)
    {
        if (!LocalRedis.IsInstalled)
        {
            return; // RedisRows has said so
        }

        using var server = LocalRedis.Start();
        await FillAsync(server);
        foreach (var callers in (int[])[1, 16, 128])
        {
            var (toBare, toFusion, decoded) = (NewContest(callers), NewContest(callers), NewContest(callers));
            for (var setup = 0; setup < (quick ? 5 : 9); setup++)
            {
                await using var connection = await server.ConnectAsync(); // new, as the engine's is: see RedisSetup
                await using var engine = await StartAsync(server.Connection, HeldUsers);
                var complete = await FirstFromRedisAsync(engine);
                await BenchmarkEngine.WarmAsync(engine, Users); // those that were fetched before the tier was connected are written now
                var before = Calls(engine);
                await RunAsync(engine, connection, complete, toBare, toFusion, decoded, TimeSpan.FromMilliseconds(quick ? 100 : 200));
                if (Calls(engine) - before is var calls and > 0)
                {
                    throw new InvalidOperationException($"{calls} results did not come from Redis: the run measured something else");
                }
            }

            var row = string.Create(CultureInfo.InvariantCulture, $"profile out of L2, {Plugins} plugins, {callers} caller{(callers == 1 ? "" : "s")}");
            Add(report, $"{row}: throughput / bare HMGET", toBare, 0.9);
            Add(report, $"{row}: throughput / FusionCache + Redis", toFusion, 1.5);
            Add(report, $"{row}, merged view read: throughput / FusionCache + Redis", decoded, 1);
        }
    }
    private static async Task FillAsync(LocalRedis server)
    {
        await using (var engine = await StartAsync(server.Connection, Users * 2))
        {
            await BenchmarkEngine.WarmAsync(engine, Users);
        }

        await using var connection = await server.ConnectAsync();
        var fusion = new FusionRedis(connection);
        foreach (var entry in s_entries)
        {
            await Task.WhenAll(entry.Select((key, plugin) => fusion.SetAsync(key, Sample.Enrichment(plugin, plugin))));
        }
    }

    private static async Task RunAsync(
        PluginManager engine,
        ConnectionMultiplexer connection,
        EnrichedProfile complete,
        LoadContest<EnrichedProfile> toBare,
        LoadContest<EnrichedProfile> toFusion,
        LoadContest<EnrichedProfile> decoded,
        TimeSpan roundTime)
    {
        var (database, fusion, user) = (connection.GetDatabase(), new FusionRedis(connection), 0);
        int Next() => Interlocked.Increment(ref user) % Users; // the one who was asked for longest ago: not in memory

        ValueTask<EnrichedProfile> Enrich(int number) => engine.EnrichAsync(Sample.UserId(Next()));

        async ValueTask<EnrichedProfile> Decode(int number)
        {
            var profile = await engine.EnrichAsync(Sample.UserId(Next()));
            _ = profile.Merged;
            return profile;
        }

        async ValueTask<EnrichedProfile> Bare(int number)
        {
            var values = await database.HashGetAsync("fe:1:{" + Sample.UserId(Next()) + "}", s_fields);
            return values.Count(static value => !value.IsNull) >= Plugins ? complete : throw new InvalidOperationException("a read missed");
        }

        async ValueTask<EnrichedProfile> Fusion(int number) =>
            await fusion.ReadAsync(s_entries[Next()]) == Plugins ? complete : throw new InvalidOperationException("a read missed");

        await toBare.RunAsync([Enrich, Bare], Rounds, roundTime);
        await toFusion.RunAsync([Enrich, Fusion], Rounds, roundTime);
        await decoded.RunAsync([Decode, Fusion], Rounds, roundTime);
    }

    private static LoadContest<EnrichedProfile> NewContest(int callers) => new(callers, static profile => profile.Complete);

    private static void Add(Report report, string row, LoadContest<EnrichedProfile> contest, double target) =>
        report.Add(Row.Faster(row, 1 / contest.Ratio(0, 1).Microseconds, target, string.Create(
            CultureInfo.InvariantCulture,
            $"{contest.Of(0).Microseconds:0.0} us, {contest.Of(0).Bytes:0} B; {contest.Of(1).Microseconds:0.0} us, {contest.Of(1).Bytes:0} B")));

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
}

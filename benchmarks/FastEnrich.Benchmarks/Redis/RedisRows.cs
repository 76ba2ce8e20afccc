using System.Globalization;
using System.Text.Json;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;
using FastEnrich.Caching;
using FastEnrich.Redis;
using FastEnrich.Redis.Invalidation;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Records;
using StackExchange.Redis;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>What one read of a user with five plugins costs: the tier beside the bare command, beside the other commands that could do it, and beside FusionCache.</summary>
internal static class RedisRows
{
    private const int Users = 5_000;
    private const int Plugins = 5;
    private const int Bare = 0;
    private const int Tier = 1;
    private const int Fusion = 5;

    private static readonly ProfileKeys s_keys = new("");
    private static readonly string[] s_users = [.. Enumerable.Range(0, Users).Select(Sample.UserId)];
    private static readonly string[] s_plugins = [.. Enumerable.Range(0, Plugins).Select(Sample.PluginName)];
    private static readonly string[][] s_entries = [.. s_users.Select(static user => s_plugins.Select(plugin => $"{user}:{plugin}").ToArray())];
    private static readonly RedisKey[] s_hashes = [.. s_users.Select(s_keys.Of)];
    private static readonly RedisKey[] s_packed = [.. s_users.Select(static user => (RedisKey)("packed:" + user))];

    public static async Task RunAsync(Report report, bool quick)
    {
        if (!LocalRedis.IsInstalled)
        {
            Console.WriteLine("no redis rows: redis-server is not on the PATH");
            return;
        }

        using var server = LocalRedis.Start();
        await FillAsync(server);
        foreach (var callers in (int[])[1, 16, 128])
        {
            var pair = new LoadContest<int>(callers, static found => found == Plugins); // side by side: the machine changes within seconds by more than they differ
            var all = new LoadContest<int>(callers, static found => found == Plugins);
            RedisContestant[] contestants = [];
            for (var setup = 0; setup < (quick ? 7 : 15); setup++)
            {
                await using var connections = await RedisSetup.OpenAsync(server);
                contestants = Contestants(connections);
                await pair.RunAsync([contestants[Bare].ReadAsync, contestants[Tier].ReadAsync], 7, TimeSpan.FromMilliseconds(100));
                if (setup % 3 == 0)
                {
                    await all.RunAsync([.. contestants.Select(static contestant => contestant.ReadAsync)], 3, TimeSpan.FromMilliseconds(quick ? 100 : 200));
                }
            }

            var row = string.Create(CultureInfo.InvariantCulture, $"L2 read, 5 plugins, {callers} caller{(callers == 1 ? "" : "s")}");
            report.Add(Row.Faster($"{row}: throughput / bare HMGET", 1 / pair.Ratio(Tier, Bare).Microseconds, 0.9, Values(pair, contestants[..2])));
            report.Add(Row.Faster($"{row}: throughput / FusionCache + Redis", 1 / all.Ratio(Tier, Fusion).Microseconds, 1.5, Values(all, contestants)));
        }
    }

    /// <summary>Puts the same results under every user in every form.</summary>
    private static async Task FillAsync(LocalRedis server)
    {
        await using var connection = await server.ConnectAsync();
        var (database, codec, fusion) = (connection.GetDatabase(), new RecordCodec(64 * 1024), new FusionRedis(connection));
        await database.HashSetAsync(s_keys.Generations, Generations.Beginning, 1L << 32); // a beginning of which the generation without drops is 0
        for (var user = 0; user < Users; user++)
        {
            var enrichments = Enumerable.Range(0, Plugins).Select(plugin => Sample.Enrichment(plugin, user)).ToArray();
            var records = enrichments.Select((enrichment, i) => codec.Encode(s_users[user], Slot(s_plugins[i], enrichment), 0)!).ToArray();
            await Task.WhenAll(
                database.HashSetAsync(s_hashes[user], [.. s_plugins.Select((plugin, i) => new HashEntry(plugin, records[i]))]),
                database.StringSetAsync(s_packed[user], records.SelectMany(static record => record).ToArray()),
                Task.WhenAll(enrichments.Select((enrichment, i) => fusion.SetAsync(s_entries[user][i], enrichment))));
        }
    }

    private static RedisContestant[] Contestants(RedisSetup setup)
    {
        var (reads, fusion) = (new RedisReads(setup.Connection.GetDatabase(), s_hashes, s_packed, s_users, s_plugins), new FusionRedis(setup.Connection));
        return
        [
            new("HMGET", reads.HashGet),
            new("the tier", reads.Tier(setup.Store)),
            new("HGETALL", reads.HashGetAll),
            new("HMGET as RESP", reads.HashGetResp),
            new("one packed string", reads.Packed),
            new("FusionCache", user => fusion.ReadAsync(s_entries[user % Users])),
        ];
    }

    private static StoredSlot Slot(string plugin, UserEnrichment enrichment)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            Plugin = plugin,
            Payload = JsonSerializer.SerializeToUtf8Bytes(enrichment, FastEnrichJsonContext.Default.UserEnrichment),
            Confidence = enrichment.Confidence,
            Ttl = TimeSpan.FromHours(1),
            FetchedAt = now,
            FreshUntil = now.AddHours(1),
            GoneAt = now.AddHours(24),
            DataVersion = "1",
        };
    }

    private static string Values(LoadContest<int> contest, IReadOnlyList<RedisContestant> contestants) => string.Join("; ", contestants.Select((contestant, i) =>
    {
        var load = contest.Of(i);
        return string.Create(CultureInfo.InvariantCulture, $"{contestant.Name} {load.Microseconds:0.0} us, p99 {load.P99 / 1000:0.00} ms, {load.Bytes:0} B");
    }));
}

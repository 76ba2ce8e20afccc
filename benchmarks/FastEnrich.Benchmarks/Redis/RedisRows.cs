using System.Globalization;
using System.Text.Json;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;
using FastEnrich.Caching;
using FastEnrich.Redis;
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

    public static async Task RunAsync(Report report, bool quick)
    {
        if (!LocalRedis.IsInstalled)
        {
            Console.WriteLine("no redis rows: redis-server is not on the PATH");
            return;
        }

        using var server = LocalRedis.Start();
        await using var connection = await server.ConnectAsync();
        var options = new FastEnrichOptions().AddRedis(server.Connection);
        await using var store = RedisStoreFactory.Create(options)!;
        var listener = new JoinedListener();
        store.Start(listener);
        await listener.Joined.WaitAsync(TimeSpan.FromSeconds(30));

        var contestants = await FillAsync(connection, store);
        foreach (var callers in (int[])[1, 16, 128])
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"L2 read, 5 plugins, {callers} caller{(callers == 1 ? "" : "s")}");
            var pair = new RedisContest(callers, Users, Plugins, [contestants[Bare], contestants[Tier]]); // side by side: the machine changes within seconds by more than they differ
            await pair.RunAsync(quick ? 15 : 45, TimeSpan.FromMilliseconds(quick ? 100 : 200));
            report.Add(Row.Faster($"{row}: throughput / bare HMGET", pair.Throughput(Tier, Bare), 0.9, Values(pair, [contestants[Bare], contestants[Tier]])));
            var all = new RedisContest(callers, Users, Plugins, contestants);
            await all.RunAsync(quick ? 5 : 11, TimeSpan.FromMilliseconds(quick ? 200 : 400));
            report.Add(Row.Faster($"{row}: throughput / FusionCache + Redis", all.Throughput(Tier, Fusion), 1.5, Values(all, contestants)));
        }
    }

    /// <summary>Puts the same results under every user in every form.</summary>
    private static async Task<RedisContestant[]> FillAsync(ConnectionMultiplexer connection, IProfileStore store)
    {
        var database = connection.GetDatabase();
        var (keys, codec, fusion) = (new ProfileKeys(""), new RecordCodec(64 * 1024), new FusionRedis(connection));
        string[] users = [.. Enumerable.Range(0, Users).Select(Sample.UserId)];
        string[] plugins = [.. Enumerable.Range(0, Plugins).Select(Sample.PluginName)];
        string[][] entries = [.. users.Select(user => plugins.Select(plugin => $"{user}:{plugin}").ToArray())];
        for (var user = 0; user < Users; user++)
        {
            var enrichments = Enumerable.Range(0, Plugins).Select(plugin => Sample.Enrichment(plugin, user)).ToArray();
            var records = enrichments.Select((enrichment, i) => codec.Encode(users[user], Slot(plugins[i], enrichment), 0)!).ToArray();
            await Task.WhenAll(
                database.HashSetAsync(keys.Of(users[user]), [.. plugins.Select((plugin, i) => new HashEntry(plugin, records[i]))]),
                database.StringSetAsync("packed:" + users[user], records.SelectMany(static record => record).ToArray()),
                Task.WhenAll(enrichments.Select((enrichment, i) => fusion.SetAsync(entries[user][i], enrichment))));
        }

        var reads = new RedisReads(database, [.. users.Select(keys.Of)], [.. users.Select(static user => (RedisKey)("packed:" + user))], users, plugins);
        return
        [
            new("HMGET", reads.HashGet),
            new("the tier", reads.Tier(store)),
            new("HGETALL", reads.HashGetAll),
            new("HMGET as RESP", reads.HashGetResp),
            new("one packed string", reads.Packed),
            new("FusionCache", user => fusion.ReadAsync(entries[user])),
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

    private static string Values(RedisContest contest, IReadOnlyList<RedisContestant> contestants) => string.Join("; ", contestants.Select((contestant, i) =>
    {
        var load = contest.Of(i);
        return string.Create(CultureInfo.InvariantCulture, $"{contestant.Name} {load.Microseconds:0.0} us, p99 {load.P99 / 1000:0.00} ms, {load.Bytes:0} B");
    }));
}

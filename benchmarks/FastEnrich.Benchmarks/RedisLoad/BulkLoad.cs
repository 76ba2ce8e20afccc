using System.Collections;
using System.Diagnostics;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>Many profiles of five plugins, written by one engine in bulk and read back by another: is each there, once?</summary>
internal static class BulkLoad
{
    public static async Task RunAsync(LoadRedis server, int users)
    {
        using var redis = await LoadAdmin.ConnectAsync(server.Connection);
        await redis.GetServers()[0].FlushAllDatabasesAsync();
        await WriteAsync(server, redis, users);
        await ReadAsync(server, redis, users);
    }

    private static async Task WriteAsync(LoadRedis server, StackExchange.Redis.ConnectionMultiplexer redis, int users)
    {
        await using var engine = await LoadEngine.StartAsync(server.Connection, TimeSpan.FromSeconds(5));
        await redis.WhenWritingAsync(engine, "probe");
        var before = await redis.CountKeysAsync(); // not flushed any more: an engine whose Redis loses its data writes nothing that it was asked for before
        var watch = Stopwatch.StartNew();
        var (written, peak) = (0, 0L);
        await foreach (var profile in engine.Manager.EnrichManyAsync(Ids(users)))
        {
            written += profile.SuccessCount;
            peak = written % 50_000 < LoadEngine.Plugins ? Math.Max(peak, Environment.WorkingSet) : peak;
        }

        while (await redis.CountKeysAsync() < before + users && watch.Elapsed < TimeSpan.FromMinutes(5))
        {
            await Task.Delay(50);
        }

        await engine.DisposeAsync(); // writes what still waits
        Console.WriteLine(
            $"written: {written} results of {users} users in {watch.Elapsed.TotalSeconds:0} s ({users / watch.Elapsed.TotalSeconds:0} profiles/s), "
            + $"keys in Redis {await redis.CountKeysAsync() - before}, Redis {await redis.UsedMemoryAsync() >> 20} MiB, "
            + $"this process at most {Math.Max(peak, Environment.WorkingSet) >> 20} MiB");
    }

    private static async Task ReadAsync(LoadRedis server, StackExchange.Redis.ConnectionMultiplexer redis, int users)
    {
        await using var engine = await LoadEngine.StartAsync(server.Connection, TimeSpan.FromSeconds(5));
        await redis.WhenWritingAsync(engine, "probe");
        var calls = engine.Calls;
        var seen = new BitArray(users);
        var (twice, fromRedis, peak) = (0, 0L, 0L);
        var watch = Stopwatch.StartNew();
        await foreach (var profile in engine.Manager.EnrichManyAsync(Ids(users)))
        {
            var id = int.Parse(profile.UserId.AsSpan(1));
            twice += seen[id] ? 1 : 0;
            seen[id] = true;
            fromRedis += profile.Status.Values.Count(static status => status.Origin == ResultOrigin.L2);
            peak = id % 50_000 == 0 ? Math.Max(peak, Environment.WorkingSet) : peak;
        }

        var missing = users - seen.Cast<bool>().Count(static bit => bit);
        Console.WriteLine(
            $"read back: {fromRedis} results of {users} users in {watch.Elapsed.TotalSeconds:0} s ({users / watch.Elapsed.TotalSeconds:0} profiles/s), "
            + $"{(long)users * LoadEngine.Plugins - fromRedis} lost, {missing} users missing, {twice} twice, {engine.Calls - calls} upstream calls, "
            + $"this process at most {Math.Max(peak, Environment.WorkingSet) >> 20} MiB");
    }

    private static async IAsyncEnumerable<string> Ids(int users)
    {
        for (var i = 0; i < users; i++)
        {
            yield return $"u{i}";
        }

        await Task.CompletedTask;
    }
}

using System.Diagnostics;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>
/// What waits for Redis holds no thread of the pool: where it has two at first, as on two cores, all else would wait too. Each test runs in a process of its own,
/// with such a pool.
/// </summary>
public sealed class SmallPoolServerTests(ITestOutputHelper output)
{
    private const string Marker = "FASTENRICH_SMALL_POOL";

    private static readonly TimeSpan L2Timeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250); // with threads held it is 0.6 to 4 s, without 5 ms

    private readonly string _prefix = RedisServer.NewPrefix();

    [Fact]
    public async Task Sentinel_StartAndFailover_NoRequestAndNoOtherWorkWaits()
    {
        Assert.SkipUnless(RedisProcess.IsInstalled, "redis-server is not on the PATH");
        if (!IsSmall)
        {
            await RunInSmallPoolAsync(nameof(Sentinel_StartAndFailover_NoRequestAndNoOtherWorkWaits));
            return;
        }

        ThreadPool.GetMinThreads(out var threads, out _);
        Assert.Equal(2, threads);
        await using var redis = await RedisSentinel.StartAsync();
        using var pool = new PoolWatch();
        await using var a = await Instance.JoinAsync(redis.Connection, _prefix, static options => options.Engine.L2Timeout = L2Timeout);
        await using var b = await Instance.JoinAsync(redis.Connection, _prefix, static options => options.Engine.L2Timeout = L2Timeout);
        var start = pool.Longest;
        await CompileAsync();

        await redis.KillPrimaryAsync();
        await Eventually.True(() => !a.Store.IsConnected && !b.Store.IsConnected);
        var (requests, longest) = await a.EnrichUntilAsync(() => a.Store.IsConnected && b.Store.IsConnected);

        output.WriteLine($"{requests} requests, longest {longest.TotalMilliseconds:0} ms");
        output.WriteLine($"work waited for a thread for {start.TotalMilliseconds} ms at the start, {pool.Longest.TotalMilliseconds} ms in all");
        Assert.True(pool.Longest < Limit, $"work waited for a thread for {start} at the start, {pool.Longest} in all");
        Assert.True(longest < L2Timeout + TimeSpan.FromSeconds(1), $"a request took {longest}"); // the machine may be loaded
    }

    /// <summary>Takes the way of a request without a tier once: on a busy machine its compilation takes half a second.</summary>
    private async Task CompileAsync()
    {
        await using var away = await Instance.StartAsync("127.0.0.1:1", _prefix);
        await away.Manager.EnrichAsync("first");
    }

    private static bool IsSmall => Environment.GetEnvironmentVariable(Marker) is not null;

    private async Task RunInSmallPoolAsync(string test)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, typeof(SmallPoolServerTests).Assembly.GetName().Name!))
        {
            ArgumentList = { "-method", $"{typeof(SmallPoolServerTests).FullName}.{test}", "-noColor", "-showLiveOutput" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Marker] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "2";
        using var process = Process.Start(start)!;
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        output.WriteLine(await text);
        Assert.True(process.ExitCode == 0, await text + await errors);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", await text, StringComparison.Ordinal); // it was found and has run
    }
}

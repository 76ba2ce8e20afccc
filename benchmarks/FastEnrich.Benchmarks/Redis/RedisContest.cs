using System.Diagnostics;
using FastEnrich.Benchmarks.Harness;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>Several ways to read users in turns, as closed loops over the same users; ratios to the first one are medians over the rounds.</summary>
internal sealed class RedisContest(int callers, int users, int plugins, IReadOnlyList<RedisContestant> contestants)
{
    private readonly List<Load[]> _rounds = [];

    /// <summary>The median of a contestant's rounds.</summary>
    public Load Of(int contestant) => new(
        Statistics.Median(_rounds.Select(round => round[contestant].Microseconds)),
        Statistics.Median(_rounds.Select(round => round[contestant].Bytes)),
        Statistics.Median(_rounds.Select(round => round[contestant].P99)));

    /// <summary>By how much a contestant's throughput is another's, round by round.</summary>
    public double Throughput(int contestant, int other) => Statistics.Median(_rounds.Select(round => round[other].Microseconds / round[contestant].Microseconds));

    public async Task RunAsync(int rounds, TimeSpan roundTime)
    {
        var operations = 0;
        foreach (var contestant in contestants)
        {
            await RunAsync(contestant, callers * 200); // tiered compilation, the server's memory, the connection's buffers
            operations = Math.Max(operations, (int)(roundTime.TotalMicroseconds / (await RunAsync(contestant, callers * 100)).Microseconds));
        }

        for (var round = 0; round < rounds; round++)
        {
            var loads = new Load[contestants.Count];
            for (var i = 0; i < loads.Length; i++)
            {
                var turn = (i + round) % loads.Length; // nobody always runs after the same one
                loads[turn] = await RunAsync(contestants[turn], operations);
            }

            _rounds.Add(loads);
        }
    }

    private async Task<Load> RunAsync(RedisContestant contestant, int operations)
    {
        var each = Math.Max(20, operations / callers);
        var latencies = new long[each * callers];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(contestant, caller, latencies.AsMemory(caller * each, each)))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Array.Sort(latencies);
        return new Load(elapsed.TotalMicroseconds / latencies.Length, (double)allocated / latencies.Length, Stopwatch.GetElapsedTime(0, latencies[(int)(latencies.Length * 0.99)]).TotalMicroseconds);
    }

    private async Task CallAsync(RedisContestant contestant, int caller, Memory<long> latencies)
    {
        for (var i = 0; i < latencies.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var found = await contestant.ReadAsync(((caller * 7919) + (i * 31)) % users);
            latencies.Span[i] = Stopwatch.GetTimestamp() - start;
            if (found != plugins)
            {
                throw new InvalidOperationException($"{contestant.Name} found {found} of {plugins} results: the run measured misses");
            }
        }
    }
}

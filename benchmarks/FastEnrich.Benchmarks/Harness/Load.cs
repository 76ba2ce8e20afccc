using System.Diagnostics;

namespace FastEnrich.Benchmarks.Harness;

/// <summary>What one round of a closed loop took, per operation.</summary>
/// <param name="Microseconds">Wall time over operations: the inverse of the throughput.</param>
/// <param name="Bytes">Allocated by the whole process.</param>
/// <param name="P99">Latency, in microseconds.</param>
internal readonly record struct Load(double Microseconds, double Bytes, double P99)
{
    /// <summary>Runs a closed loop: each caller begins its next operation when its last one has ended.</summary>
    public static async Task<Load> RunAsync(int callers, int operations, Func<ValueTask<EnrichedProfile>> operation)
    {
        var each = Math.Max(1, operations / callers);
        var latencies = new long[each * callers];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var loops = Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(operation, latencies.AsMemory(caller * each, each)))).ToArray();
        await Task.WhenAll(loops);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Array.Sort(latencies);
        var p99 = latencies[(int)(latencies.Length * 0.99)];
        return new Load(elapsed.TotalMicroseconds / latencies.Length, (double)allocated / latencies.Length, Stopwatch.GetElapsedTime(0, p99).TotalMicroseconds);
    }

    private static async Task CallAsync(Func<ValueTask<EnrichedProfile>> operation, Memory<long> latencies)
    {
        for (var i = 0; i < latencies.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var profile = await operation();
            latencies.Span[i] = Stopwatch.GetTimestamp() - start;
            if (!profile.Complete)
            {
                throw new InvalidOperationException("a profile is not complete: the run measured failures");
            }
        }
    }
}

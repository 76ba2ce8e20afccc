using System.Diagnostics;

namespace FastEnrich.Benchmarks.Harness;

/// <summary>What one round of a closed loop took, per operation.</summary>
/// <param name="Microseconds">Wall time over operations: the inverse of the throughput.</param>
/// <param name="Bytes">Allocated by the whole process.</param>
/// <param name="P99">Latency, in microseconds.</param>
internal readonly record struct Load(double Microseconds, double Bytes, double P99)
{
    /// <summary>Runs a closed loop: each caller begins its next operation when its last one has ended.</summary>
    /// <param name="callers">How many are under way at once.</param>
    /// <param name="operations">How many in all, about.</param>
    /// <param name="operation">Gets a number that is spread over all users and all callers.</param>
    /// <param name="succeeded">Whether a result is one that counts; another fails the run.</param>
    public static async Task<Load> RunAsync<T>(int callers, int operations, Func<int, ValueTask<T>> operation, Func<T, bool> succeeded)
    {
        var each = Math.Max(1, operations / callers);
        var latencies = new long[each * callers];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(operation, succeeded, caller, latencies.AsMemory(caller * each, each)))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Array.Sort(latencies);
        var p99 = latencies[(int)(latencies.Length * 0.99)];
        return new Load(elapsed.TotalMicroseconds / latencies.Length, (double)allocated / latencies.Length, Stopwatch.GetElapsedTime(0, p99).TotalMicroseconds);
    }

    private static async Task CallAsync<T>(Func<int, ValueTask<T>> operation, Func<T, bool> succeeded, int caller, Memory<long> latencies)
    {
        for (var i = 0; i < latencies.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var result = await operation((caller * 7919) + (i * 31));
            latencies.Span[i] = Stopwatch.GetTimestamp() - start;
            if (!succeeded(result))
            {
                throw new InvalidOperationException("an operation did not bring all that it should: the run measured failures");
            }
        }
    }
}

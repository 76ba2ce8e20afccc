using System.Diagnostics;
using System.Globalization;

namespace FastEnrich.Testing;

/// <summary>Runs a load and judges each of its limits.</summary>
internal static class PerformanceRunner
{
    public static async Task<IReadOnlyList<TestResult>> RunAsync(
        PluginTester tester, PerformanceTest test, IReadOnlyList<EnrichmentRequest> users, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(test.ConcurrentUsers, 1, nameof(test));
        var instance = await tester.CreateAsync(cancellationToken).ConfigureAwait(false);
        await using (instance.ConfigureAwait(false))
        {
            await Load.RunAsync(instance.Plugin, users, test.ConcurrentUsers, call => call < test.ConcurrentUsers, cancellationToken).ConfigureAwait(false);
            var (held, start) = (GC.GetTotalMemory(forceFullCollection: true), Stopwatch.GetTimestamp());
            bool GoesOn(long call) => call == 0 || Stopwatch.GetElapsedTime(start) < test.Duration;
            var load = await Load.RunAsync(instance.Plugin, users, test.ConcurrentUsers, GoesOn, cancellationToken).ConfigureAwait(false);
            tester.Server.Requests.Clear(); // the log's memory is not the plugin's
            return [.. Judge(test, load, test.MaxMemory is null ? 0 : GC.GetTotalMemory(forceFullCollection: true) - held)];
        }
    }

    private static IEnumerable<TestResult> Judge(PerformanceTest test, LoadResult load, long growth)
    {
        yield return Result("errors", load.Failed <= test.MaxErrorRate * load.Latencies.Length, string.Create(CultureInfo.InvariantCulture,
            $"{load.Failed} of {load.Latencies.Length} calls failed ({string.Join(", ", load.Failures.Keys)}), allowed {test.MaxErrorRate:P1}"));
        if (test.MaxLatency is { } latency)
        {
            var found = load.Percentile(test.LatencyPercentile);
            yield return Result("latency", found <= latency, string.Create(CultureInfo.InvariantCulture,
                $"{test.LatencyPercentile:P0} of the calls took {found.TotalMilliseconds:0.00} ms or less, allowed {latency.TotalMilliseconds:0.00} ms"));
        }

        if (test.MaxMemory is { } memory)
        {
            yield return Result("memory", growth <= memory,
                string.Create(CultureInfo.InvariantCulture, $"{growth:N0} bytes more are held than before, allowed {memory:N0}"));
        }

        if (test.MinThroughput is { } throughput)
        {
            yield return Result("throughput", load.Throughput >= throughput,
                string.Create(CultureInfo.InvariantCulture, $"{load.Throughput:N0} calls a second, wanted {throughput:N0}"));
        }

        TestResult Result(string part, bool holds, string detail) => new()
        {
            Id = $"{test.Name}/{part}",
            Title = $"{part} of {test.ConcurrentUsers} users at once for {test.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
            Verdict = holds ? TestVerdict.Passed : TestVerdict.Failed,
            Details = [detail],
            Duration = load.Elapsed,
        };
    }
}

using System.Globalization;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Peers;
using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>
/// A user that nobody has seen, beside the same fan-out by hand. Ours includes all that the engine does for it: claim, lane, breaker, check and encoding of each
/// result, cache entry with eviction of an older one, snapshot. The peer's is the calls, Polly, and one object.
/// </summary>
internal static class ColdRows
{
    private const int HeldUsers = 10_000;
    private const int FewUsers = 1_000;

    public static async Task RunAsync(Report report, bool quick)
    {
        foreach (var plugins in (int[])[1, 5, 20])
        {
            foreach (var callers in (int[])[1, 64, 256])
            {
                await RunAsync(report, plugins, callers, HeldUsers, rounds: quick ? 5 : 15, TimeSpan.FromMilliseconds(quick ? 150 : 300));
                if (plugins == 5)
                {
                    // The same with a tenth of the users held: the difference is what the collector pays for those that are kept.
                    await RunAsync(report, plugins, callers, FewUsers, rounds: quick ? 5 : 15, TimeSpan.FromMilliseconds(quick ? 150 : 300));
                }
            }
        }
    }

    private static async Task RunAsync(Report report, int plugins, int callers, int held, int rounds, TimeSpan roundTime)
    {
        await using var engine = await BenchmarkEngine.StartAsync(plugins, held);
        var peer = new HandWrittenFanOut(BenchmarkEngine.Plugins(plugins));
        await BenchmarkEngine.WarmAsync(engine, held); // full, as it is in the long run: each new user evicts one
        var user = held;

        var contest = new LoadContest<EnrichedProfile>(callers, static profile => profile.Complete);
        await contest.RunAsync(
            [
                _ => engine.EnrichAsync(Sample.UserId(Interlocked.Increment(ref user))),
                _ => peer.EnrichAsync(Sample.UserId(Interlocked.Increment(ref user))),
            ],
            rounds,
            roundTime);

        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"cold fan-out, {plugins} plugin{(plugins == 1 ? "" : "s")}, "
            + $"{callers} caller{(callers == 1 ? "" : "s")}{(held == FewUsers ? ", 1,000 held" : "")}");
        var (ours, theirs, ratio) = (contest.Of(0), contest.Of(1), contest.Ratio(0, 1));
        report.Add(Row.AtMost($"{row}: time / WhenAll + Polly", ratio.Microseconds, 0.35, Values(ours.Microseconds, theirs.Microseconds, "us")));
        report.Add(Row.AtMost($"{row}: allocated / WhenAll + Polly", ratio.Bytes, 0.2, Values(ours.Bytes, theirs.Bytes, "B")));
        report.Add(Row.AtMost($"{row}: p99 / WhenAll + Polly", ratio.P99, 0.25, Values(ours.P99, theirs.P99, "us")));
    }

    private static string Values(double ours, double theirs, string unit) => string.Create(CultureInfo.InvariantCulture, $"{ours:0.0} {unit}; {theirs:0.0} {unit}");
}

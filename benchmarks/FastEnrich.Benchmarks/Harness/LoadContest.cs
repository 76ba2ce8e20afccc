using System.Diagnostics;

namespace FastEnrich.Benchmarks.Harness;

/// <summary>Two closed loops in turns; ratios of the first to the second are medians over the rounds.</summary>
internal sealed class LoadContest(int callers, Func<ValueTask<EnrichedProfile>> ours, Func<ValueTask<EnrichedProfile>> peer)
{
    private Load[] _ours = [];
    private Load[] _peer = [];

    public Load Ours => Median(_ours);

    public Load Peer => Median(_peer);

    public Load Ratio => new(Ratios(load => load.Microseconds), Ratios(load => load.Bytes), Ratios(load => load.P99));

    public async Task RunAsync(int rounds, TimeSpan roundTime)
    {
        var operations = Math.Min(await CalibrateAsync(ours, roundTime), await CalibrateAsync(peer, roundTime));
        operations = Math.Max(operations, callers * 20); // equal work for both, and a p99 that means something
        _ours = new Load[rounds];
        _peer = new Load[rounds];
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                _ours[round] = await Load.RunAsync(callers, operations, ours);
                _peer[round] = await Load.RunAsync(callers, operations, peer);
            }
            else
            {
                _peer[round] = await Load.RunAsync(callers, operations, peer);
                _ours[round] = await Load.RunAsync(callers, operations, ours);
            }
        }
    }

    private static Load Median(Load[] rounds) =>
        new(Statistics.Median(rounds.Select(load => load.Microseconds)), Statistics.Median(rounds.Select(load => load.Bytes)), Statistics.Median(rounds.Select(load => load.P99)));

    private async Task<int> CalibrateAsync(Func<ValueTask<EnrichedProfile>> operation, TimeSpan roundTime)
    {
        var load = default(Load);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < roundTime * 4)
        {
            load = await Load.RunAsync(callers, callers * 20, operation);
        }

        await Task.Delay(200); // tiered compilation finishes in the background
        load = await Load.RunAsync(callers, Math.Max(callers * 20, 500), operation);
        return (int)(roundTime.TotalMicroseconds / load.Microseconds);
    }

    private double Ratios(Func<Load, double> member) => Statistics.Median(_ours.Zip(_peer, (one, other) => member(one) / member(other)));
}

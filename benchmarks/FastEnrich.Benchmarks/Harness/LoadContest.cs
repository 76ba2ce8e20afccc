namespace FastEnrich.Benchmarks.Harness;

/// <summary>
/// Several closed loops in turns, each round beginning with another one; ratios are medians over the rounds. It can be run again with contestants that were set up
/// anew, in the same order: their rounds are added.
/// </summary>
/// <param name="callers">How many operations are under way at once.</param>
/// <param name="succeeded">Whether a result is one that counts; another fails the run.</param>
internal sealed class LoadContest<T>(int callers, Func<T, bool> succeeded)
{
    private readonly List<Load[]> _rounds = [];

    /// <summary>The medians of a contestant's rounds.</summary>
    public Load Of(int contestant) => Median(round => round[contestant]);

    /// <summary>The medians of what a contestant took as a part of what another took, round by round.</summary>
    public Load Ratio(int contestant, int other) => Median(round => new Load(
        round[contestant].Microseconds / round[other].Microseconds,
        round[contestant].Bytes / round[other].Bytes,
        round[contestant].P99 / round[other].P99));

    public async Task RunAsync(IReadOnlyList<Func<int, ValueTask<T>>> contestants, int rounds, TimeSpan roundTime)
    {
        var operations = int.MaxValue;
        foreach (var contestant in contestants)
        {
            operations = Math.Min(operations, await CalibrateAsync(contestant, roundTime));
        }

        operations = Math.Max(operations, callers * 20); // equal work for all, and a p99 that means something
        for (var round = 0; round < rounds; round++)
        {
            var loads = new Load[contestants.Count];
            for (var step = 0; step < loads.Length; step++)
            {
                var turn = (step + round) % loads.Length; // nobody always runs after the same one
                loads[turn] = await RunAsync(contestants[turn], operations);
            }

            _rounds.Add(loads);
        }
    }

    private async Task<int> CalibrateAsync(Func<int, ValueTask<T>> contestant, TimeSpan roundTime)
    {
        var warmUp = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(warmUp) < roundTime * 4)
        {
            await RunAsync(contestant, callers * 20);
        }

        await Task.Delay(200); // tiered compilation finishes in the background
        return (int)(roundTime.TotalMicroseconds / (await RunAsync(contestant, Math.Max(callers * 20, 500))).Microseconds);
    }

    private Task<Load> RunAsync(Func<int, ValueTask<T>> contestant, int operations) => Load.RunAsync(callers, operations, contestant, succeeded);

    private Load Median(Func<Load[], Load> of) => new(
        Statistics.Median(_rounds.Select(round => of(round).Microseconds)),
        Statistics.Median(_rounds.Select(round => of(round).Bytes)),
        Statistics.Median(_rounds.Select(round => of(round).P99)));
}

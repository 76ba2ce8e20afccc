using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FastEnrich.Benchmarks.Harness;

/// <summary>
/// Runs all contestants once per round, starting with another one each time, so that whatever the machine does hits all alike; ratios are medians over the rounds.
/// </summary>
internal sealed class Contest
{
    private const int WarmUpReads = 2000;

    private readonly List<(string Name, Func<int, int> Run)> _contestants = [];
    private double[][] _nanoseconds = [];
    private double[] _bytes = [];

    public void Add<T>(string name, T operation, string[] keys)
        where T : struct, IOperation
    {
        var next = 0; // where the last round ended: rounds must not read the same few users again and again
        _contestants.Add((name, reads => Loop(operation, keys, reads, ref next)));
    }

    public void Run(int rounds, TimeSpan roundTime)
    {
        var reads = _contestants.Select(contestant => Calibrate(contestant.Run, roundTime)).ToArray();
        _nanoseconds = [.. _contestants.Select(_ => new double[rounds])];
        _bytes = new double[_contestants.Count];
        for (var round = 0; round < rounds; round++)
        {
            for (var step = 0; step < _contestants.Count; step++)
            {
                var i = (step + round) % _contestants.Count;
                Measure(i, round, reads[i]);
            }
        }
    }

    public double Nanoseconds(string name) => Statistics.Median(_nanoseconds[Find(name)]);

    /// <summary>The most that one read allocated on average in any round.</summary>
    public double Bytes(string name) => _bytes[Find(name)];

    public double Ratio(string name, string to) => Statistics.Median(_nanoseconds[Find(name)].Zip(_nanoseconds[Find(to)], (one, other) => one / other));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Loop<T>(T operation, string[] keys, int reads, ref int next)
        where T : struct, IOperation
    {
        var hits = 0;
        var key = next;
        for (var i = 0; i < reads; i++)
        {
            if (operation.Read(keys[key], key) is not null)
            {
                hits++;
            }

            if (++key == keys.Length)
            {
                key = 0;
            }
        }

        next = key;
        return hits;
    }

    private static int Calibrate(Func<int, int> run, TimeSpan roundTime)
    {
        for (var i = 0; i < 60; i++)
        {
            run(WarmUpReads);
        }

        Thread.Sleep(300); // tiered compilation finishes in the background
        run(WarmUpReads * 10);
        var start = Stopwatch.GetTimestamp();
        run(WarmUpReads * 5);
        var nanosecondsPerRead = Stopwatch.GetElapsedTime(start).TotalNanoseconds / (WarmUpReads * 5);
        return Math.Max(WarmUpReads, (int)(roundTime.TotalNanoseconds / nanosecondsPerRead));
    }

    private void Measure(int contestant, int round, int reads)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var hits = _contestants[contestant].Run(reads);
        _nanoseconds[contestant][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / reads;
        _bytes[contestant] = Math.Max(_bytes[contestant], (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)reads);
        if (hits != reads)
        {
            throw new InvalidOperationException($"{_contestants[contestant].Name}: {reads - hits} of {reads} reads missed");
        }
    }

    private int Find(string name) => _contestants.FindIndex(contestant => contestant.Name == name);
}

using System.Diagnostics;
using System.Globalization;
using FastEnrich.Redis.Tests.Fakes;

namespace FastEnrich.Redis.Tests.Soak;

/// <summary>
/// The whole tier but its connection under everything that may happen to it at once. A seed is replayed with <c>FASTENRICH_SOAK_SEEDS=17-17</c>, nearly the same
/// with one thread in the pool: <c>DOTNET_PROCESSOR_COUNT=1 DOTNET_ThreadPool_ForceMaxWorkerThreads=1</c>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class TierSoakTests(ITestOutputHelper output)
{
    private const int Steps = 400;

    [Fact]
    public async Task Tier_EverythingAtOnce_ServesNothingTornForeignForgottenOrDropped()
    {
        var (first, last) = Seeds();
        using var quiet = new Quiet();
        var watch = Stopwatch.StartNew();
        var seen = 0L;
        for (var seed = first; seed <= last; seed++)
        {
            using var world = new TierWorld(seed);
            await Task.Factory.StartNew(() => world.Run(Steps), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            seen += world.Checked;
        }

        output.WriteLine($"seeds {first} to {last}: {seen} values in {watch.Elapsed.TotalSeconds:0} s");
        Assert.True(seen > last - first);
    }

    private static (int First, int Last) Seeds()
    {
        var range = Environment.GetEnvironmentVariable("FASTENRICH_SOAK_SEEDS")?.Split('-');
        return range is [var first, var last] ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture)) : (1, 40);
    }
}

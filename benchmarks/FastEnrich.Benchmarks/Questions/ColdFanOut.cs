using BenchmarkDotNet.Attributes;
using FastEnrich.Benchmarks.Peers;
using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.Questions;

/// <summary>What does a user that nobody has seen cost beside the same fan-out by hand?</summary>
[MemoryDiagnoser]
public class ColdFanOut
{
    private PluginManager _engine = null!;
    private HandWrittenFanOut _peer = null!;
    private int _user;

    [Params(1, 5, 20)]
    public int Plugins { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _engine = await BenchmarkEngine.StartAsync(Plugins, maxEntries: 10_000);
        _peer = new HandWrittenFanOut(BenchmarkEngine.Plugins(Plugins));
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _engine.DisposeAsync();

    [Benchmark(Baseline = true)]
    public async Task<EnrichedProfile> ByHand() => await _peer.EnrichAsync(Sample.UserId(_user++));

    [Benchmark]
    public async Task<EnrichedProfile> Engine() => await _engine.EnrichAsync(Sample.UserId(_user++));
}

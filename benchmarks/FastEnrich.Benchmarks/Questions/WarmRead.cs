using BenchmarkDotNet.Attributes;
using FastEnrich.Benchmarks.Peers;
using FastEnrich.Benchmarks.Workload;
using Microsoft.Extensions.Caching.Memory;

namespace FastEnrich.Benchmarks.Questions;

/// <summary>What does a warm read cost beside one lookup in a memory cache, whatever the number of plugins?</summary>
[MemoryDiagnoser]
public class WarmRead
{
    private readonly string _key = Sample.UserId(0);
    private PluginManager _engine = null!;
    private MemoryCache _cache = null!;

    [Params(1, 5, 20)]
    public int Plugins { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _engine = await BenchmarkEngine.StartAsync(Plugins, maxEntries: 16);
        await BenchmarkEngine.WarmAsync(_engine, users: 1);
        _cache = BareLookup.Fill(users: 1);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _cache.Dispose();
        await _engine.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public object? Lookup() => _cache.TryGetValue(_key, out var profile) ? profile : null;

    [Benchmark]
    public object? Engine() => ((IProfileEnricher)_engine).EnrichAsync(_key).Result;
}

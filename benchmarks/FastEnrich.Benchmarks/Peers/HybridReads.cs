using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>One HybridCache read per plugin, of an immutable type.</summary>
internal readonly struct HybridReads(HybridCache cache, string[][] keys) : IOperation
{
    public static HybridCache Fill(string[][] keys)
    {
        var services = new ServiceCollection();
        services.AddHybridCache(options => options.DefaultEntryOptions = new() { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromHours(1) });
        var cache = services.BuildServiceProvider().GetRequiredService<HybridCache>();
        foreach (var user in keys)
        {
            for (var plugin = 0; plugin < user.Length; plugin++)
            {
                cache.SetAsync(user[plugin], new CachedEnrichment(Sample.Enrichment(plugin, 0))).AsTask().GetAwaiter().GetResult();
            }
        }

        return cache;
    }

    public object? Read(string key, int index)
    {
        CachedEnrichment? last = null;
        foreach (var slot in keys[index])
        {
            var read = cache.GetOrCreateAsync<CachedEnrichment>(slot, static _ => throw new InvalidOperationException("the benchmark reads what is there"));
            last = read.IsCompletedSuccessfully ? read.Result : null;
        }

        return last;
    }
}

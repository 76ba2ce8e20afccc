using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;
using Microsoft.Extensions.Caching.Memory;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>One lookup in a <see cref="MemoryCache"/> of ready profiles with an expiry: the least that any cache built on it costs.</summary>
internal readonly struct BareLookup(MemoryCache cache) : IOperation
{
    public static MemoryCache Fill(int users)
    {
        var cache = new MemoryCache(new MemoryCacheOptions());
        for (var user = 0; user < users; user++)
        {
            var id = Sample.UserId(user);
            cache.Set(id, new EnrichedProfile { UserId = id }, TimeSpan.FromHours(1));
        }

        return cache;
    }

    public object? Read(string key, int index) => cache.TryGetValue(key, out var profile) ? profile : null;
}

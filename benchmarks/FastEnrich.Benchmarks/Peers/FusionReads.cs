using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Workload;
using ZiggyCreatures.Caching.Fusion;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>One FusionCache read per plugin, as a cache that knows no profiles needs.</summary>
internal readonly struct FusionReads(FusionCache cache, string[][] keys) : IOperation
{
    public static FusionCache Fill(string[][] keys)
    {
        var cache = new FusionCache(new FusionCacheOptions { DisableTagging = true, DefaultEntryOptions = new FusionCacheEntryOptions(TimeSpan.FromHours(1)) });
        foreach (var user in keys)
        {
            for (var plugin = 0; plugin < user.Length; plugin++)
            {
                cache.Set(user[plugin], Sample.Enrichment(plugin, 0));
            }
        }

        return cache;
    }

    public object? Read(string key, int index)
    {
        UserEnrichment? last = null;
        foreach (var slot in keys[index])
        {
            var read = cache.GetOrSetAsync<UserEnrichment>(slot, static (_, _) => throw new InvalidOperationException("the benchmark reads what is there"));
            last = read.IsCompletedSuccessfully ? read.Result : null;
        }

        return last;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Benchmarks.Workload;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Serialization;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>One FusionCache read per plugin out of Redis, all of a user's at once; its memory is skipped, as it holds nobody who is asked for.</summary>
internal sealed class FusionRedisReads : IDisposable
{
    private readonly RedisCache _redis;
    private readonly FusionCache _cache;
    private readonly EnrichedProfile _complete;
    private readonly int _plugins;

    public FusionRedisReads(string address, int plugins, EnrichedProfile complete)
    {
        _plugins = plugins;
        _complete = complete;
        _redis = new RedisCache(new RedisCacheOptions { Configuration = address, InstanceName = "fusion:" });
        _cache = new FusionCache(new FusionCacheOptions
        {
            DisableTagging = true,
            DefaultEntryOptions = new FusionCacheEntryOptions(TimeSpan.FromHours(1)) { SkipMemoryCacheRead = true, SkipMemoryCacheWrite = true, AllowBackgroundDistributedCacheOperations = false },
        });
        _cache.SetupDistributedCache(_redis, new Serializer());
    }

    public async Task FillAsync(int users)
    {
        for (var user = 0; user < users; user++)
        {
            var id = Sample.UserId(user);
            await Task.WhenAll(Enumerable.Range(0, _plugins).Select(plugin => _cache.SetAsync(Key(id, plugin), Sample.Enrichment(plugin, plugin)).AsTask()));
        }
    }

    public async ValueTask<EnrichedProfile> ReadAsync(string id)
    {
        var reads = new Task<UserEnrichment>[_plugins];
        for (var plugin = 0; plugin < _plugins; plugin++)
        {
            reads[plugin] = _cache.GetOrSetAsync<UserEnrichment>(Key(id, plugin), static (_, _) => throw new InvalidOperationException("the benchmark reads what is there")).AsTask();
        }

        foreach (var enrichment in await Task.WhenAll(reads))
        {
            if (enrichment is null)
            {
                throw new InvalidOperationException("a read missed");
            }
        }

        return _complete;
    }

    public void Dispose()
    {
        _cache.Dispose();
        _redis.Dispose();
    }

    private static string Key(string id, int plugin) => $"{id}:{Sample.PluginName(plugin)}";

    /// <summary>The engine's own wire form, so that both sides carry the same bytes; wrapped, since FusionCache keeps its metadata beside the value.</summary>
    private sealed class Serializer : IFusionCacheSerializer
    {
        private static readonly JsonSerializerOptions s_options = new() { TypeInfoResolverChain = { FastEnrichJsonContext.Default, new DefaultJsonTypeInfoResolver() } };

        public byte[] Serialize<T>(T? obj) => JsonSerializer.SerializeToUtf8Bytes(obj, s_options);

        public T? Deserialize<T>(byte[] data) => JsonSerializer.Deserialize<T>(data, s_options);

        public ValueTask<byte[]> SerializeAsync<T>(T? obj, CancellationToken token = default) => new(Serialize(obj));

        public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token = default) => new(Deserialize<T>(data));
    }
}

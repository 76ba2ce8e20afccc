using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using StackExchange.Redis;
using ZiggyCreatures.Caching.Fusion;
using ZiggyCreatures.Caching.Fusion.Serialization;

namespace FastEnrich.Benchmarks.Redis;

/// <summary>FusionCache over the same connection, one entry per plugin, its first tier skipped. What it reads is decoded: it has no other way.</summary>
internal sealed class FusionRedis
{
    private readonly FusionCache _cache = new(new FusionCacheOptions { DisableTagging = true, DefaultEntryOptions = Options });

    public FusionRedis(IConnectionMultiplexer connection) => _cache.SetupDistributedCache(
        new RedisCache(new RedisCacheOptions { ConnectionMultiplexerFactory = () => Task.FromResult(connection), InstanceName = "fusion:" }),
        new Serializer());

    private static FusionCacheEntryOptions Options => new(TimeSpan.FromHours(1)) { SkipMemoryCacheRead = true, SkipMemoryCacheWrite = true };

    public async Task SetAsync(string key, UserEnrichment enrichment) => await _cache.SetAsync(key, enrichment);

    public async ValueTask<int> ReadAsync(string[] keys)
    {
        var found = 0;
        foreach (var read in Array.ConvertAll(keys, key => _cache.TryGetAsync<UserEnrichment>(key).AsTask()))
        {
            found += (await read.ConfigureAwait(false)).HasValue ? 1 : 0;
        }

        return found;
    }

    private sealed class Serializer : IFusionCacheSerializer
    {
        private static readonly JsonSerializerOptions s_options = new() { TypeInfoResolver = JsonTypeInfoResolverOf() };

        public byte[] Serialize<T>(T? value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

        public T? Deserialize<T>(byte[] data) => JsonSerializer.Deserialize<T>(data, s_options);

        public ValueTask<byte[]> SerializeAsync<T>(T? value, CancellationToken token) => new(Serialize(value));

        public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token) => new(Deserialize<T>(data));

        // The envelope is FusionCache's own type, what it holds is ours, with the generated metadata that our own tier would use.
        private static IJsonTypeInfoResolver JsonTypeInfoResolverOf() => JsonTypeInfoResolver.Combine(FastEnrichJsonContext.Default, new DefaultJsonTypeInfoResolver());
    }
}

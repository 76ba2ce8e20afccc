using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(RedisCluster))]
public sealed class ClusterTierServerTests(RedisCluster server) : TierServerTests(server);

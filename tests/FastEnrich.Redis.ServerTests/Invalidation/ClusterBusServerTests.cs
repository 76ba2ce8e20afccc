using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

[Collection(nameof(RedisCluster))]
public sealed class ClusterBusServerTests(RedisCluster server, ITestOutputHelper output) : BusServerTests(server, output);

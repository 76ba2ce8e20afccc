using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(RedisCluster))]
public sealed class ClusterSoakServerTests(RedisCluster server, ITestOutputHelper output) : SoakServerTests(server, output);

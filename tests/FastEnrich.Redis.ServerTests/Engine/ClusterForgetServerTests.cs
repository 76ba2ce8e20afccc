using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(RedisCluster))]
public sealed class ClusterForgetServerTests(RedisCluster server, ITestOutputHelper output) : ForgetServerTests(server, output);

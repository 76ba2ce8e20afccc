using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(RedisCluster))]
public sealed class ClusterRestartServerTests(RedisCluster server, ITestOutputHelper output) : RestartServerTests(server, output);

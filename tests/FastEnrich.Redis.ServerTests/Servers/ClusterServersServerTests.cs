namespace FastEnrich.Redis.ServerTests.Servers;

[Collection(nameof(RedisCluster))]
public sealed class ClusterServersServerTests(RedisCluster server) : ServersServerTests(server);

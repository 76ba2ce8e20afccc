namespace FastEnrich.Redis.ServerTests.Servers;

[CollectionDefinition(nameof(RedisCluster))]
public sealed class RedisClusterCollection : ICollectionFixture<RedisCluster>;

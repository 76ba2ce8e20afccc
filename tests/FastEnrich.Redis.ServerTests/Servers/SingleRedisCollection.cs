namespace FastEnrich.Redis.ServerTests.Servers;

[CollectionDefinition(nameof(SingleRedis))]
public sealed class SingleRedisCollection : ICollectionFixture<SingleRedis>;

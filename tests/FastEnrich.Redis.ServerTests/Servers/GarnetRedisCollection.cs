namespace FastEnrich.Redis.ServerTests.Servers;

[CollectionDefinition(nameof(GarnetRedis))]
public sealed class GarnetRedisCollection : ICollectionFixture<GarnetRedis>;

namespace FastEnrich.Redis.ServerTests.Servers;

[Collection(nameof(SingleRedis))]
public sealed class RedisServersServerTests(SingleRedis server) : ServersServerTests(server);

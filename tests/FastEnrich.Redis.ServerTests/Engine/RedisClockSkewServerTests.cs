using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisClockSkewServerTests(SingleRedis server) : ClockSkewServerTests(server);

using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisTierServerTests(SingleRedis server) : TierServerTests(server);

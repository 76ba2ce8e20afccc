using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

[Collection(nameof(SingleRedis))]
public sealed class RedisBusServerTests(SingleRedis server, ITestOutputHelper output) : BusServerTests(server, output);

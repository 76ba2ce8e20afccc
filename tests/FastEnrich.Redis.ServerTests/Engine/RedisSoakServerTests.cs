using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisSoakServerTests(SingleRedis server, ITestOutputHelper output) : SoakServerTests(server, output);

using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisCutServerTests(SingleRedis server, ITestOutputHelper output) : CutServerTests(server, output);

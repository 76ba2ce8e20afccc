using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisRestartServerTests(SingleRedis server, ITestOutputHelper output) : RestartServerTests(server, output);

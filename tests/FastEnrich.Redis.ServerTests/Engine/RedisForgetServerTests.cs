using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisForgetServerTests(SingleRedis server, ITestOutputHelper output) : ForgetServerTests(server, output);

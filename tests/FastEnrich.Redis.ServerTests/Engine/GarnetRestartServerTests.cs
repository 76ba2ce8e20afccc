using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetRestartServerTests(GarnetRedis server, ITestOutputHelper output) : RestartServerTests(server, output);

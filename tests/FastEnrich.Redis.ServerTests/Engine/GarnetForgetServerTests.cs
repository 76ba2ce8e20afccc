using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetForgetServerTests(GarnetRedis server, ITestOutputHelper output) : ForgetServerTests(server, output);

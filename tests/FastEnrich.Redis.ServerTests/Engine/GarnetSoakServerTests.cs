using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetSoakServerTests(GarnetRedis server, ITestOutputHelper output) : SoakServerTests(server, output);

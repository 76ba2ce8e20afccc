using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetBusServerTests(GarnetRedis server, ITestOutputHelper output) : BusServerTests(server, output);

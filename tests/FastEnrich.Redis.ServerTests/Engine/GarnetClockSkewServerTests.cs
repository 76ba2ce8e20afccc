using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetClockSkewServerTests(GarnetRedis server) : ClockSkewServerTests(server);

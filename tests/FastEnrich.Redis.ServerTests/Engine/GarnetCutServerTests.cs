using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetCutServerTests(GarnetRedis server, ITestOutputHelper output) : CutServerTests(server, output);

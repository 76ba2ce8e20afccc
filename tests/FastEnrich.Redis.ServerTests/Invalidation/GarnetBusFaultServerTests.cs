using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetBusFaultServerTests(GarnetRedis server, ITestOutputHelper output) : BusFaultServerTests(server, output);

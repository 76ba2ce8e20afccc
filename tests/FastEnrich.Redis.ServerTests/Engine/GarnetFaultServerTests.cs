using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetFaultServerTests(GarnetRedis server, ITestOutputHelper output) : FaultServerTests(server, output);

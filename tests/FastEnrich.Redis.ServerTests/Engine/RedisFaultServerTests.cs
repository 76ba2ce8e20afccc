using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

[Collection(nameof(SingleRedis))]
public sealed class RedisFaultServerTests(SingleRedis server, ITestOutputHelper output) : FaultServerTests(server, output);

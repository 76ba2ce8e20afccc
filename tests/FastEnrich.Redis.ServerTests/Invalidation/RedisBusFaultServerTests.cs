using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Invalidation;

[Collection(nameof(SingleRedis))]
public sealed class RedisBusFaultServerTests(SingleRedis server, ITestOutputHelper output) : BusFaultServerTests(server, output);

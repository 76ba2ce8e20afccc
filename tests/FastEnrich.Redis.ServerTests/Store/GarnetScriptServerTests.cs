using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Store;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetScriptServerTests(GarnetRedis server) : ScriptServerTests(server);

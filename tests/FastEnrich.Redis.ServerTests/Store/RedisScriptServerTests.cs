using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Store;

[Collection(nameof(SingleRedis))]
public sealed class RedisScriptServerTests(SingleRedis server) : ScriptServerTests(server);

using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Store;

[Collection(nameof(RedisCluster))]
public sealed class ClusterScriptServerTests(RedisCluster server) : ScriptServerTests(server);

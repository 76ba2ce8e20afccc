namespace FastEnrich.Redis.ServerTests.Servers;

[Collection(nameof(GarnetRedis))]
public sealed class GarnetServersServerTests(GarnetRedis server) : ServersServerTests(server);

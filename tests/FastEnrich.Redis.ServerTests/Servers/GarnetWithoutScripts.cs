namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>Garnet as it is by default: without scripts.</summary>
public sealed class GarnetWithoutScripts() : GarnetRedis(scripts: false);

namespace FastEnrich.Redis.Connecting;

/// <summary>Redis was not asked: it is not connected, does not answer in time, or has more reads in flight than it can answer in time.</summary>
internal sealed class RedisAwayException() : Exception("The second tier is away.");

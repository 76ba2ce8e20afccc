namespace FastEnrich.Telemetry;

/// <summary>Every name of a metric, activity and tag, once. No tag ever holds a user.</summary>
internal static class TelemetryNames
{
    public const string Source = "FastEnrich";

    public const string Requests = "fastenrich.requests";
    public const string PluginDuration = "fastenrich.plugin.duration";
    public const string PluginResults = "fastenrich.plugin.results";
    public const string PluginFlights = "fastenrich.plugin.flights";
    public const string PluginQueued = "fastenrich.plugin.queued";
    public const string PluginHung = "fastenrich.plugin.hung";
    public const string PluginHealth = "fastenrich.plugin.health";
    public const string PluginChecks = "fastenrich.plugin.checks";
    public const string PluginRequests = "fastenrich.plugin.requests";
    public const string PluginCredits = "fastenrich.plugin.credits";
    public const string PluginBatches = "fastenrich.plugin.batches";
    public const string PluginBatchedUsers = "fastenrich.plugin.batched_users";
    public const string L1Entries = "fastenrich.l1.entries";
    public const string L1Bytes = "fastenrich.l1.bytes";
    public const string L1Evictions = "fastenrich.l1.evictions";
    public const string L2Reads = "fastenrich.l2.reads";
    public const string L2DroppedWrites = "fastenrich.l2.dropped_writes";
    public const string RedisReads = "fastenrich.redis.reads";
    public const string RedisReadDuration = "fastenrich.redis.read.duration";
    public const string RedisRecords = "fastenrich.redis.records";
    public const string RedisWrites = "fastenrich.redis.writes";
    public const string RedisQueued = "fastenrich.redis.queued";
    public const string RedisForgetsGivenUp = "fastenrich.redis.forgets_given_up";
    public const string RedisErasures = "fastenrich.redis.erasures";
    public const string RedisReconnects = "fastenrich.redis.reconnects";
    public const string RedisConnected = "fastenrich.redis.connected";
    public const string RedisBreakerOpen = "fastenrich.redis.breaker_open";

    public const string FetchActivity = "fastenrich.fetch";

    public const string Plugin = "fastenrich.plugin";
    public const string Outcome = "fastenrich.outcome";
}

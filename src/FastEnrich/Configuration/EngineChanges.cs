namespace FastEnrich.Configuration;

/// <summary>The engine's own keys: what they are now, and which of them can change while it runs.</summary>
internal static class EngineChanges
{
    private static readonly (string Key, Func<EngineOptions, object?> Get, Action<EngineOptions, EngineOptions>? Apply)[] s_keys =
    [
        ("timeout", static engine => engine.Timeout, static (to, from) => to.Timeout = from.Timeout),
        ("fetch_timeout", static engine => engine.FetchTimeout, static (to, from) => to.FetchTimeout = from.FetchTimeout),
        ("cache_ttl", static engine => engine.CacheTtl, static (to, from) => to.CacheTtl = from.CacheTtl),
        ("stale_while_revalidate", static engine => engine.StaleWhileRevalidate, static (to, from) => to.StaleWhileRevalidate = from.StaleWhileRevalidate),
        ("stale_if_error", static engine => engine.StaleIfError, static (to, from) => to.StaleIfError = from.StaleIfError),
        ("eager_refresh", static engine => engine.EagerRefresh, static (to, from) => to.EagerRefresh = from.EagerRefresh),
        ("negative_ttl", static engine => engine.NegativeTtl, static (to, from) => to.NegativeTtl = from.NegativeTtl),
        ("failure_ttl", static engine => engine.FailureTtl, static (to, from) => to.FailureTtl = from.FailureTtl),
        ("max_retries", static engine => engine.MaxRetries, static (to, from) => to.MaxRetries = from.MaxRetries),
        ("retry_delay", static engine => engine.RetryDelay, static (to, from) => to.RetryDelay = from.RetryDelay),
        ("connect_timeout", static engine => engine.ConnectTimeout, static (to, from) => to.ConnectTimeout = from.ConnectTimeout),
        ("bulk_window", static engine => engine.BulkWindow, null),
        ("plugin_dir", static engine => engine.PluginDir, null),
        ("registry_file", static engine => engine.RegistryFile, null),
        ("health:interval", static engine => engine.Health.Interval, static (to, from) => to.Health.Interval = from.Health.Interval),
        ("health:timeout", static engine => engine.Health.Timeout, static (to, from) => to.Health.Timeout = from.Health.Timeout),
        ("health:jitter", static engine => engine.Health.Jitter, static (to, from) => to.Health.Jitter = from.Health.Jitter),
        ("health:hysteresis", static engine => engine.Health.Hysteresis, static (to, from) => to.Health.Hysteresis = from.Health.Hysteresis),
        ("health:window", static engine => engine.Health.Window, static (to, from) => to.Health.Window = from.Health.Window),
        ("l1:max_entries", static engine => engine.L1.MaxEntries, null),
        ("l1:max_bytes", static engine => engine.L1.MaxBytes, null),
        ("redis:connection", static engine => engine.Redis.Connection, null),
        ("redis:key_prefix", static engine => engine.Redis.KeyPrefix, null),
        ("redis:l2_timeout", static engine => engine.L2Timeout, null),
        ("redis:disconnected_serving", static engine => engine.Redis.DisconnectedServing, null),
        ("redis:max_record_bytes", static engine => engine.Redis.MaxRecordBytes, null),
        ("redis:write_queue", static engine => engine.Redis.WriteQueue, null),
        ("redis:max_reads", static engine => engine.Redis.MaxReads, null),
        ("redis:encryption", static engine => Text(engine.Redis.Encryption), null),
    ];

    /// <summary>Returns the keys that differ, as paths: those that can change now, and those that need a restart.</summary>
    public static (List<string> Live, List<string> Restart) Between(EngineOptions now, EngineOptions next)
    {
        var (live, restart) = (new List<string>(), new List<string>());
        foreach (var (key, get, apply) in s_keys)
        {
            if (!Equals(get(now), get(next)))
            {
                (apply is null ? restart : live).Add($"engine:{key}");
            }
        }

        return (live, restart);
    }

    /// <summary>Returns what a key is where nothing is set; <see langword="null"/> for nothing.</summary>
    public static object? DefaultOf(string key) => Array.Find(s_keys, entry => entry.Key == key).Get?.Invoke(new EngineOptions());

    /// <summary>Takes over what can change while the engine runs.</summary>
    public static void Apply(EngineOptions to, EngineOptions from)
    {
        foreach (var (_, _, apply) in s_keys)
        {
            apply?.Invoke(to, from);
        }
    }

    private static string? Text(RedisEncryption? encryption) =>
        encryption is null ? null : string.Join('\n', encryption.Keys.Select(static key => $"{key.Id} {key.Key}").Prepend(encryption.IndexKey));
}

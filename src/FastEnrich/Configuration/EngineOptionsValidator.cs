using FastEnrich.Configuration;
using FastEnrich.Processes;
using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <summary>Checks options that code has set, all at once; configuration is checked where it is read, with file and line.</summary>
internal static class EngineOptionsValidator
{
    public static void ThrowIfInvalid(FastEnrichOptions options)
    {
        var errors = new List<ConfigError>();
        var engine = options.Engine;
        Positive(errors, "engine:timeout", engine.Timeout, OptionRanges.MaxWait);
        Positive(errors, "engine:fetch_timeout", engine.FetchTimeout, OptionRanges.MaxWait);
        Positive(errors, "engine:connect_timeout", engine.ConnectTimeout, OptionRanges.MaxWait);
        Positive(errors, "engine:redis:l2_timeout", engine.L2Timeout, OptionRanges.MaxL2Timeout);
        Range(errors, "engine:cache_ttl", engine.CacheTtl, OptionRanges.MaxTtl);
        Range(errors, "engine:stale_while_revalidate", engine.StaleWhileRevalidate, OptionRanges.MaxTtl);
        Range(errors, "engine:stale_if_error", engine.StaleIfError, OptionRanges.MaxTtl);
        Share(errors, "engine:eager_refresh", engine.EagerRefresh);
        Range(errors, "engine:negative_ttl", engine.NegativeTtl, OptionRanges.MaxTtl);
        Range(errors, "engine:failure_ttl", engine.FailureTtl, OptionRanges.MaxWait);
        Range(errors, "engine:retry_delay", engine.RetryDelay, OptionRanges.MaxRetryDelay);
        Number(errors, "engine:max_retries", engine.MaxRetries, 0, OptionRanges.MaxRetries);
        Number(errors, "engine:bulk_window", engine.BulkWindow, 1, OptionRanges.MaxBulkWindow);
        Range(errors, "engine:health:interval", engine.Health.Interval, OptionRanges.MaxHealthInterval);
        Positive(errors, "engine:health:timeout", engine.Health.Timeout, OptionRanges.MaxWait);
        Share(errors, "engine:health:jitter", engine.Health.Jitter);
        Number(errors, "engine:health:hysteresis", engine.Health.Hysteresis, 1, OptionRanges.MaxHysteresis);
        Positive(errors, "engine:health:window", engine.Health.Window, OptionRanges.MaxHealthWindow);
        Number(errors, "engine:l1:max_entries", engine.L1.MaxEntries, 1, OptionRanges.MaxEntries);
        Number(errors, "engine:l1:max_bytes", engine.L1.MaxBytes, OptionRanges.MinBytes, long.MaxValue);
        Redis(errors, engine.Redis);
        options.CheckStore?.Invoke(engine, errors);
        foreach (var (name, settings) in options.Plugins)
        {
            var descriptor = options.FindPlugin(name);
            Plugin(errors, $"plugins:{name}", settings, descriptor);
            if (descriptor is not null && descriptor.Name != name && options.Plugins.Keys.Any(other => other != name && options.FindPlugin(other) == descriptor))
            {
                errors.Add(new($"plugins:{name}", null, $"each plugin once; '{name}' is an alias of '{descriptor.Name}'"));
            }
        }

        if (errors.Count > 0)
        {
            throw new FastEnrichConfigurationException(errors);
        }
    }

    /// <summary>Checks one plugin's settings.</summary>
    /// <param name="descriptor">The plugin.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="hasOptions">Whether the instance has its options already.</param>
    public static void ThrowIfInvalid(PluginDescriptor descriptor, PluginSettings settings, bool hasOptions)
    {
        var errors = new List<ConfigError>();
        Plugin(errors, $"plugins:{descriptor.Name}", settings, descriptor, hasOptions);
        if (errors.Count > 0)
        {
            throw new FastEnrichConfigurationException(errors);
        }
    }

    private static void Plugin(List<ConfigError> errors, string path, PluginSettings settings, PluginDescriptor? descriptor, bool hasOptions = false)
    {
        if (descriptor is null)
        {
            errors.Add(new(path, null, "the name of a known plugin"));
            return;
        }

        Positive(errors, $"{path}:fetch_timeout", settings.FetchTimeout ?? OptionRanges.MaxWait, OptionRanges.MaxWait);
        Range(errors, $"{path}:cache_ttl", settings.CacheTtl, OptionRanges.MaxTtl);
        Share(errors, $"{path}:eager_refresh", settings.EagerRefresh ?? 0);
        Range(errors, $"{path}:negative_ttl", settings.NegativeTtl, OptionRanges.MaxTtl);
        Range(errors, $"{path}:stale_while_revalidate", settings.StaleWhileRevalidate, OptionRanges.MaxTtl);
        Range(errors, $"{path}:stale_if_error", settings.StaleIfError, OptionRanges.MaxTtl);
        Range(errors, $"{path}:retry_delay", settings.RetryDelay, OptionRanges.MaxRetryDelay);
        Range(errors, $"{path}:batch_window", settings.BatchWindow, OptionRanges.MaxBatchWindow);
        Number(errors, $"{path}:max_retries", settings.MaxRetries ?? 0, 0, OptionRanges.MaxRetries);
        Number(errors, $"{path}:max_concurrency", settings.MaxConcurrency, 1, OptionRanges.MaxConcurrency);
        Number(errors, $"{path}:queue_capacity", settings.QueueCapacity, 1, OptionRanges.MaxQueueCapacity);
        Number(errors, $"{path}:log_level", (long)(settings.LogLevel ?? 0), (long)LogLevel.Trace, (long)LogLevel.None);
        if (settings.RateLimit is { } rate && !(rate > 0 && double.IsFinite(rate)))
        {
            errors.Add(new($"{path}:rate_limit", rate.ToString(System.Globalization.CultureInfo.InvariantCulture), "a number of requests a second above zero"));
        }

        if (descriptor.OptionsType is { } type && settings.Enabled && !hasOptions && (settings.Options is null || !type.IsInstanceOfType(settings.Options)))
        {
            errors.Add(ProcessSection.IsProcess(descriptor)
                ? new($"{path}:process", null, "the section that says what is started")
                : new($"{path}:config", null, $"the plugin's options, a {type.Name}"));
        }
    }

    private static void Redis(List<ConfigError> errors, RedisSettings redis)
    {
        Range(errors, "engine:redis:disconnected_serving", redis.DisconnectedServing, OptionRanges.MaxTtl);
        Number(errors, "engine:redis:max_record_bytes", redis.MaxRecordBytes, OptionRanges.MinRecordBytes, OptionRanges.MaxRecordBytes);
        Number(errors, "engine:redis:write_queue", redis.WriteQueue, OptionRanges.MinWriteQueue, OptionRanges.MaxQueueCapacity);
        Number(errors, "engine:redis:max_reads", redis.MaxReads, 1, OptionRanges.MaxReads);
        Require(errors, "engine:redis:key_prefix", redis.KeyPrefix is { } prefix && RedisRules.IsKeyPrefix(prefix), RedisRules.KeyPrefix);
        if (redis.Encryption is not { } encryption)
        {
            return;
        }

        Require(errors, "engine:redis:encryption:index_key", encryption.IndexKey is { } index && RedisRules.IsKey(index), RedisRules.Key);
        Require(errors, "engine:redis:encryption:keys", RedisRules.AreKeys(encryption.Keys), RedisRules.Keys);
        for (var i = 0; i < encryption.Keys.Count; i++)
        {
            Require(errors, $"engine:redis:encryption:keys:{i}:id", encryption.Keys[i].Id is { } id && RedisRules.IsKeyId(id), RedisRules.KeyId);
            Require(errors, $"engine:redis:encryption:keys:{i}:key", encryption.Keys[i].Key is { } key && RedisRules.IsKey(key), RedisRules.Key);
        }
    }

    private static void Require(List<ConfigError> errors, string path, bool valid, string expected)
    {
        if (!valid)
        {
            errors.Add(new(path, null, expected)); // secrets are not shown, and neither is what stands in their place
        }
    }

    private static void Positive(List<ConfigError> errors, string path, TimeSpan value, TimeSpan maximum)
    {
        if (value <= TimeSpan.Zero || value > maximum)
        {
            errors.Add(new(path, value.ToString(), $"a duration above zero, up to {maximum}"));
        }
    }

    private static void Range(List<ConfigError> errors, string path, TimeSpan? value, TimeSpan maximum)
    {
        if (value < TimeSpan.Zero || value > maximum)
        {
            errors.Add(new(path, value.ToString(), $"a duration from zero to {maximum}"));
        }
    }

    private static void Share(List<ConfigError> errors, string path, double value)
    {
        if (!(value is >= 0 and <= 1))
        {
            errors.Add(new(path, value.ToString(System.Globalization.CultureInfo.InvariantCulture), "a number from 0 to 1"));
        }
    }

    private static void Number(List<ConfigError> errors, string path, long value, long minimum, long maximum)
    {
        if (value < minimum || value > maximum)
        {
            errors.Add(new(path, value.ToString(System.Globalization.CultureInfo.InvariantCulture), $"a number from {minimum} to {maximum}"));
        }
    }
}

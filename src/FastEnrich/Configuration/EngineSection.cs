namespace FastEnrich.Configuration;

/// <summary>Reads section <c>engine</c>. Ranges are those that the options document.</summary>
internal static class EngineSection
{
    /// <summary>Returns what the section may hold.</summary>
    public static Schema.SchemaSection Describe()
    {
        var errors = new ConfigErrors();
        var node = new ConfigNode("engine", null) { Description = new Schema.SchemaSection() };
        Read(node, new EngineOptions(), new ConfigVariables(new Dictionary<string, string>(), errors), errors);
        return node.Description;
    }

    public static void Read(ConfigNode section, EngineOptions engine, ConfigVariables variables, ConfigErrors errors)
    {
        var reader = new SettingsReader(section, variables, errors);
        reader.Duration("timeout", value => engine.Timeout = value, OptionRanges.MaxWait, zero: false);
        reader.Duration("fetch_timeout", value => engine.FetchTimeout = value, OptionRanges.MaxWait, zero: false);
        reader.Duration("cache_ttl", value => engine.CacheTtl = value, OptionRanges.MaxTtl);
        reader.Duration("stale_while_revalidate", value => engine.StaleWhileRevalidate = value, OptionRanges.MaxTtl);
        reader.Duration("stale_if_error", value => engine.StaleIfError = value, OptionRanges.MaxTtl);
        reader.Share("eager_refresh", value => engine.EagerRefresh = value);
        reader.Duration("negative_ttl", value => engine.NegativeTtl = value, OptionRanges.MaxTtl);
        reader.Duration("failure_ttl", value => engine.FailureTtl = value, OptionRanges.MaxWait);
        reader.Integer("max_retries", value => engine.MaxRetries = value, 0, OptionRanges.MaxRetries);
        reader.Duration("retry_delay", value => engine.RetryDelay = value, OptionRanges.MaxRetryDelay);
        reader.Duration("connect_timeout", value => engine.ConnectTimeout = value, OptionRanges.MaxWait, zero: false);
        reader.Integer("bulk_window", value => engine.BulkWindow = value, 1, OptionRanges.MaxBulkWindow);
        reader.Text(
            "plugin_dir",
            (value, node) => engine.PluginDir = Absolute(value, node),
            "a directory",
            value => value.Length > 0 && !value.Contains('\0', StringComparison.Ordinal));
        reader.Text(
            "registry_file",
            (value, node) => engine.RegistryFile = Absolute(value, node),
            "a file",
            value => value.Length > 0 && !value.Contains('\0', StringComparison.Ordinal));

        if (reader.Section("health") is { } health)
        {
            ReadHealth(new SettingsReader(health, variables, errors), engine.Health);
        }

        if (reader.Section("l1") is { } l1)
        {
            ReadL1(new SettingsReader(l1, variables, errors), engine.L1);
        }

        if (reader.Section("redis") is { } redis)
        {
            RedisSection.Read(redis, engine, variables, errors);
        }

        reader.ReportUnknown();
    }

    private static void ReadHealth(SettingsReader reader, HealthOptions health)
    {
        reader.Duration("interval", value => health.Interval = value, OptionRanges.MaxHealthInterval);
        reader.Duration("timeout", value => health.Timeout = value, OptionRanges.MaxWait, zero: false);
        reader.Share("jitter", value => health.Jitter = value);
        reader.Integer("hysteresis", value => health.Hysteresis = value, 1, OptionRanges.MaxHysteresis);
        reader.Duration("window", value => health.Window = value, OptionRanges.MaxHealthWindow, zero: false);
        reader.ReportUnknown();
    }

    private static void ReadL1(SettingsReader reader, L1Options l1)
    {
        reader.Integer("max_entries", value => l1.MaxEntries = value, 1, OptionRanges.MaxEntries);
        reader.Size("max_bytes", value => l1.MaxBytes = value, OptionRanges.MinBytes, "64KiB");
        reader.ReportUnknown();
    }

    private static string Absolute(string directory, ConfigNode node) =>
        node.Layer?.Directory is { } home ? Path.GetFullPath(directory, home) : directory;
}

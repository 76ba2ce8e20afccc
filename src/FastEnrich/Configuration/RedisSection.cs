namespace FastEnrich.Configuration;

/// <summary>Reads section <c>engine.redis</c>.</summary>
internal static class RedisSection
{
    public static void Read(ConfigNode section, EngineOptions engine, ConfigVariables variables, ConfigErrors errors)
    {
        var reader = new SettingsReader(section, variables, errors);
        reader.Text(
            "connection",
            (value, _) => engine.Redis.Connection = value,
            "a redis:// or rediss:// address or a StackExchange.Redis string",
            value => !string.IsNullOrWhiteSpace(value),
            sensitive: true);
        reader.Text("key_prefix", (value, _) => engine.Redis.KeyPrefix = value, RedisRules.KeyPrefix, RedisRules.IsKeyPrefix);
        reader.Duration("l2_timeout", value => engine.L2Timeout = value, OptionRanges.MaxL2Timeout, zero: false);
        reader.Duration("disconnected_serving", value => engine.Redis.DisconnectedServing = value, OptionRanges.MaxTtl);
        reader.Size("max_record_bytes", value => engine.Redis.MaxRecordBytes = (int)value, OptionRanges.MinRecordBytes, "1KiB", OptionRanges.MaxRecordBytes, "16MiB");
        reader.Integer("write_queue", value => engine.Redis.WriteQueue = value, OptionRanges.MinWriteQueue, OptionRanges.MaxQueueCapacity);
        reader.Integer("max_reads", value => engine.Redis.MaxReads = value, 1, OptionRanges.MaxReads);
        if (reader.Section("encryption") is { } encryption)
        {
            ReadEncryption(encryption, engine.Redis.Encryption = new RedisEncryption(), variables, errors);
        }

        reader.ReportUnknown();
    }

    private static void ReadEncryption(ConfigNode section, RedisEncryption encryption, ConfigVariables variables, ConfigErrors errors)
    {
        var reader = new SettingsReader(section, variables, errors);
        reader.Text("index_key", (value, _) => encryption.IndexKey = value, RedisRules.Key, RedisRules.IsKey, sensitive: true);
        if (section.Child("index_key") is null)
        {
            errors.Add(section, null, RedisRules.Key, $"{section.Path}:index_key");
        }

        var count = errors.Count;
        foreach (var child in reader.Items("keys"))
        {
            ReadKey(child, encryption, variables, errors);
        }

        if (errors.Count == count && !RedisRules.AreKeys(encryption.Keys))
        {
            errors.Add(section.Child("keys") ?? section, null, RedisRules.Keys, $"{section.Path}:keys");
        }

        reader.ReportUnknown();
    }

    private static void ReadKey(ConfigNode node, RedisEncryption encryption, ConfigVariables variables, ConfigErrors errors)
    {
        if (!SettingsReader.IsMapping(node, errors))
        {
            return;
        }

        var (id, key) = ("", "");
        var reader = new SettingsReader(node, variables, errors);
        reader.Text("id", (value, _) => id = value, RedisRules.KeyId, RedisRules.IsKeyId);
        reader.Text("key", (value, _) => key = value, RedisRules.Key, RedisRules.IsKey, sensitive: true);
        reader.ReportUnknown();
        if (node.Child("id") is null)
        {
            errors.Add(node, null, RedisRules.KeyId, $"{node.Path}:id");
        }

        if (node.Child("key") is null)
        {
            errors.Add(node, null, RedisRules.Key, $"{node.Path}:key");
        }

        encryption.Keys.Add(new RedisEncryptionKey(id, key));
    }
}

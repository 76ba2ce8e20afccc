namespace FastEnrich.Tests.Configuration;

public sealed class RedisSectionTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void Load_EverySetting_IsRead()
    {
        using var file = new ConfigFile("""
            engine:
              redis:
                connection: "${REDIS_URL}"
                key_prefix: "shop:"
                disconnected_serving: 0
                max_record_bytes: 128KiB
                write_queue: 100
                max_reads: 64
            """);

        var redis = file.Load(("REDIS_URL", "rediss://a:b@c")).Engine.Redis;

        Assert.Equal(("rediss://a:b@c", "shop:", TimeSpan.Zero), (redis.Connection, redis.KeyPrefix, redis.DisconnectedServing));
        Assert.Equal((131_072, 100, 64, null), (redis.MaxRecordBytes, redis.WriteQueue, redis.MaxReads, redis.Encryption));
    }

    [Fact]
    public void Load_Encryption_KeepsTheOrderOfTheKeys()
    {
        using var file = new ConfigFile($$"""
            engine:
              redis:
                encryption:
                  index_key: {{Key}}
                  keys:
                    - { id: k2, key: "${KEY}" }
                    - { id: k1, key: {{Key}} }
            """);

        var encryption = file.Load(("KEY", Key)).Engine.Redis.Encryption!;

        Assert.Equal(Key, encryption.IndexKey);
        Assert.Equal([("k2", Key), ("k1", Key)], encryption.Keys.Select(static key => (key.Id, key.Key)));
    }

    [Theory]
    [InlineData("{ }", "encryption:index_key: expected 32 bytes in Base64", "encryption:keys: expected 1 to 16 keys with different ids")]
    [InlineData("{ index_key: c2hvcnQ=, keys: [{ id: a, key: KEY }] }", "encryption:index_key: found '***', expected 32 bytes in Base64")]
    [InlineData("{ index_key: KEY, keys: [{ id: a, key: secret }] }", "encryption:keys:0:key: found '***', expected 32 bytes in Base64")]
    [InlineData("{ index_key: KEY, keys: [{ id: 'a b', key: KEY }] }", "encryption:keys:0:id: found 'a b', expected 1 to 32 ASCII letters, digits, '-' and '_'")]
    [InlineData("{ index_key: KEY, keys: [{ id: a, key: KEY }, { id: a, key: KEY }] }", "encryption:keys: expected 1 to 16 keys with different ids")]
    [InlineData("{ index_key: KEY, keys: [{ key: KEY }] }", "encryption:keys:0:id: expected 1 to 32 ASCII letters, digits, '-' and '_'")]
    [InlineData("{ index_key: KEY, keys: [{ id: a }] }", "encryption:keys:0:key: expected 32 bytes in Base64")]
    [InlineData("{ index_key: KEY, keys: [] }", "encryption:keys: expected a list")]
    [InlineData("{ index_key: KEY, keys: [KEY] }", "encryption:keys:0: expected a mapping")]
    [InlineData("{ index_key: KEY, keys: [{ id: a, key: KEY, kee: s }] }", "encryption:keys:0:kee: expected a known key (did you mean 'key'?)")]
    public void Validate_Encryption_NamesTheOptionAndNeverItsValue(string yaml, params string[] expected)
    {
        using var file = new ConfigFile("engine:\n  redis:\n    encryption: " + yaml.Replace("KEY", Key, StringComparison.Ordinal));

        Assert.Equal(expected, file.Validate().Select(static line => line.Split("engine:redis:")[1]));
    }

    [Fact]
    public void Create_WrongSettingsFromCode_AreAllReported()
    {
        var options = new FastEnrichOptions();
        options.Engine.Redis.MaxReads = 0;
        options.Engine.Redis.KeyPrefix = "{";
        options.Engine.Redis.Encryption = new RedisEncryption { IndexKey = "secret", Keys = { new("", "secret") } };

        var errors = Assert.Throws<FastEnrichConfigurationException>(() => PluginManager.Create(options));

        Assert.Equal(
            ["engine:redis:max_reads", "engine:redis:key_prefix", "engine:redis:encryption:index_key", "engine:redis:encryption:keys:0:id", "engine:redis:encryption:keys:0:key"],
            errors.Errors.Select(static error => error.Path));
        Assert.DoesNotContain("secret", errors.ToString());
    }
}

namespace FastEnrich.Tests.Configuration;

public sealed class ConfigurationErrorTests
{
    [Fact]
    public void Validate_SixMistakes_ReportsAllWithTheirLines()
    {
        using var file = new ConfigFile("""
            engine:
              timeout: soon
              max_retries: 11
            plugins:
              hubspot:
                priorty: 10
                config:
                  api_url: ftp://api.example
                  api_key: ${HUBSPOT_TOKEN}
                  mode: turbo
            """);

        Assert.Equal(
            [
                $"fastenrich.yaml:2:3: engine:timeout: found 'soon', expected {ConfigDuration.Forms}, more than zero to 10m",
                "fastenrich.yaml:3:3: engine:max_retries: found '11', expected a whole number from 0 to 10",
                "fastenrich.yaml:6:5: plugins:hubspot:priorty: expected a known key (did you mean 'priority'?)",
                "fastenrich.yaml:8:7: plugins:hubspot:config:api_url: found 'ftp://api.example', expected text that matches ^https?://",
                "fastenrich.yaml:9:7: plugins:hubspot:config:api_key: expected the environment variable HUBSPOT_TOKEN to be set, or a default as in ${HUBSPOT_TOKEN:-default}",
                "fastenrich.yaml:10:7: plugins:hubspot:config:mode: found 'turbo', expected fast or full",
            ],
            file.Validate());
    }

    [Fact]
    public void Load_Mistakes_ThrowsWithAllAndLeavesTheOptionsAlone()
    {
        using var file = new ConfigFile("engine: { timeout: 1m, cache_ttl: 31d }\nplugins: { hubspot: }\n");
        var options = ConfigFile.CreateOptions();

        var exception = Assert.Throws<FastEnrichConfigurationException>(() => options.LoadFile(file.Path, ConfigFile.Variables([])));

        Assert.Equal(["engine:cache_ttl", "plugins:hubspot:config:api_key"], exception.Errors.Select(error => error.Path));
        Assert.Equal(TimeSpan.FromSeconds(10), options.Engine.Timeout);
        Assert.Empty(options.Plugins);
    }

    [Theory]
    [InlineData("plugin:\n  hubspot:\n", "fastenrich.yaml:1:1: plugin: expected a known key (did you mean 'plugins'?)")]
    [InlineData("server: {}\n", "fastenrich.yaml:1:1: server: expected a known key: $schema, engine, plugins")]
    [InlineData("plugins:\n  hubspt: {}\n", "fastenrich.yaml:2:3: plugins:hubspt: expected a known plugin (did you mean 'hubspot'?)")]
    [InlineData("plugins:\n  zendesk: {}\n", "fastenrich.yaml:2:3: plugins:zendesk: expected a known plugin: crm-cloud, hubspot, plain")]
    [InlineData("engine: 7\n", "fastenrich.yaml:1:1: engine: expected a mapping")]
    [InlineData("engine: []\n", "fastenrich.yaml:1:1: engine: expected a mapping")]
    [InlineData("engine:\n  l1:\n    max_byte: 1\n", "fastenrich.yaml:3:5: engine:l1:max_byte: expected a known key (did you mean 'max_bytes'?)")]
    [InlineData("engine:\n  l1:\n    max_bytes: 63KiB\n", "fastenrich.yaml:3:5: engine:l1:max_bytes: found '63KiB', expected a size such as 65536 (bytes), 64KiB, 512MiB or 1GB, at least 64KiB")]
    [InlineData("engine:\n  max_retries: [1]\n", "fastenrich.yaml:2:3: engine:max_retries: expected a whole number from 0 to 10, not a mapping or list")]
    [InlineData("engine:\n  redis:\n    key_prefix: a{b\n", "fastenrich.yaml:3:5: engine:redis:key_prefix: found 'a{b', expected at most 128 characters without braces")]
    [InlineData("engine:\n  redis:\n    connection: ''\n", "fastenrich.yaml:3:5: engine:redis:connection: found '***', expected a redis:// or rediss:// address or a StackExchange.Redis string")]
    [InlineData("plugins:\n  plain: { enabled: yes }\n", "fastenrich.yaml:2:12: plugins:plain:enabled: found 'yes', expected true or false")]
    [InlineData("plugins:\n  plain: { rate_limit: 0 }\n", "fastenrich.yaml:2:12: plugins:plain:rate_limit: found '0', expected a number above zero")]
    [InlineData("plugins:\n  plain: { config: { a: secret } }\n", "fastenrich.yaml:2:22: plugins:plain:config:a: expected nothing here: this plugin has no configuration")]
    [InlineData("plugins:\n  hubspot:\n    config: x\n", "fastenrich.yaml:3:5: plugins:hubspot:config: expected a mapping")]
    [InlineData("plugins:\n  hubspot:\n    config:\n      timeout: 5\n", "fastenrich.yaml:3:5: plugins:hubspot:config:api_key: expected a value")]
    public void Validate_OneMistake_ReportsItsPlace(string yaml, string expected)
    {
        using var file = new ConfigFile(yaml);

        Assert.Equal([expected], file.Validate());
    }

    [Theory]
    [InlineData("timeout: 0")]
    [InlineData("timeout: 11m")]
    [InlineData("fetch_timeout: 0s")]
    [InlineData("cache_ttl: 31d")]
    [InlineData("cache_ttl: -1")]
    [InlineData("stale_while_revalidate: 721h")]
    [InlineData("stale_if_error: 30.00:00:01")]
    [InlineData("negative_ttl: x")]
    [InlineData("failure_ttl: 601s")]
    [InlineData("max_retries: 1.5")]
    [InlineData("retry_delay: 61s")]
    [InlineData("connect_timeout: 0")]
    [InlineData("bulk_window: 0")]
    [InlineData("l1: { max_entries: 0 }")]
    [InlineData("l1: { max_bytes: lots }")]
    [InlineData("redis: { l2_timeout: 11s }")]
    [InlineData("redis: { disconnected_serving: 31d }")]
    [InlineData("redis: { max_record_bytes: 1000 }")]
    [InlineData("redis: { max_record_bytes: 17MiB }")]
    [InlineData("redis: { write_queue: 15 }")]
    [InlineData("redis: { max_reads: 0 }")]
    [InlineData("redis: { key_prefix: '{x}' }")]
    [InlineData("redis: { encryption: x }")]
    [InlineData("plugin_dir: ''")]
    public void Validate_EngineValueOutOfRange_IsOneMistake(string line)
    {
        using var file = new ConfigFile($"engine:\n  {line}\n");

        Assert.Single(file.Validate());
    }

    [Theory]
    [InlineData("priority: 1e3")]
    [InlineData("fetch_timeout: 0")]
    [InlineData("cache_ttl: 31d")]
    [InlineData("negative_ttl: 31d")]
    [InlineData("stale_while_revalidate: 31d")]
    [InlineData("stale_if_error: 31d")]
    [InlineData("max_retries: -1")]
    [InlineData("retry_delay: 2m")]
    [InlineData("max_concurrency: 4097")]
    [InlineData("queue_capacity: 0")]
    [InlineData("rate_limit: NaN")]
    [InlineData("batch_window: 2s")]
    public void Validate_PluginValueOutOfRange_IsOneMistakeUnlessThePluginIsOff(string line)
    {
        using var file = new ConfigFile($"plugins:\n  plain:\n    {line}\n");
        using var disabled = new ConfigFile($"plugins:\n  plain:\n    enabled: false\n    {line}\n");

        Assert.StartsWith("fastenrich.yaml:3:5: plugins:plain:", Assert.Single(file.Validate()));
        Assert.Empty(disabled.Validate());
    }

    [Fact]
    public void Validate_WrongFormAndWrongValues_ReportsBoth()
    {
        using var file = new ConfigFile("engine:\n  timeout: x\n  timeout: 5s\nplugins:\n  hubspot:\n    config:\n      api-key: *key\n      mode: x\n");

        Assert.Equal(
            ["fastenrich.yaml:2:3", "fastenrich.yaml:3:3", "fastenrich.yaml:7:16", "fastenrich.yaml:8:7"],
            file.Validate().Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Validate_MistakeInAVariable_NamesTheVariable()
    {
        using var file = new ConfigFile("plugins: { hubspot: { config: { api_key: k, timeout: 5 } } }");

        Assert.Equal(
            ["environment variable FASTENRICH__PLUGINS__HUBSPOT__CONFIG__TIMEOUT: plugins:hubspot:config:timeout: found '0', expected a whole number from 1 to 300"],
            file.Validate(("FASTENRICH__PLUGINS__HUBSPOT__CONFIG__TIMEOUT", "0")));
    }

    [Fact]
    public void Validate_PlantedSecrets_AppearInNoMessage()
    {
        using var file = new ConfigFile("""
            secret: S3CRET
            engine:
              tiemout: S3CRET
              timeout: ${TOKEN}
              cache_ttl: x${TOKEN}
              redis: { connection: " ", conection: S3CRET, key_prefix: "{${TOKEN}" }
            plugins:
              hubspt: { config: { api_key: S3CRET } }
              hubspot:
                apikey: S3CRET
                config:
                  api_key: "S3CRET with space"
                  api_kee: S3CRET
                  mode: ${TOKEN}
                  api_url: !S3CRET x
              crm-cloud:
                config: { api_key: *S3CRET }
            """);

        var errors = file.Validate(("TOKEN", "S3CRET"), ("CRM_CLOUD_API_KEY", "S3CRET S3CRET"), ("FASTENRICH__S3CTION", "S3CRET"));

        Assert.True(errors.Length >= 14, string.Join('\n', errors));
        Assert.DoesNotContain(errors, error => error.Contains("S3CRET", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Validate_LongValueWithLineBreaks_IsShownShortOnOneLine()
    {
        using var file = new ConfigFile($"engine:\n  timeout: \"a\\nb{new string('x', 500)}\"\n");

        var error = Assert.Single(file.Validate());

        Assert.DoesNotContain('\n', error);
        Assert.True(error.Length < 250);
    }
}

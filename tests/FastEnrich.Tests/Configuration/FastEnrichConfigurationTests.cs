using Microsoft.Extensions.Configuration;

namespace FastEnrich.Tests.Configuration;

public sealed class FastEnrichConfigurationTests
{
    [Fact]
    public void LoadFile_EverySetting_ReachesTheOptions()
    {
        using var file = new ConfigFile("""
            engine:
              timeout: 11s
              fetch-timeout: 500ms
              CacheTtl: 1h
              stale_while_revalidate: 1d
              stale_if_error: 00:00:30
              negative_ttl: 0
              failure_ttl: 1.5s
              max_retries: 4
              retry_delay: 2s
              connect_timeout: 12
              bulk_window: 7
              plugin_dir: ./plugins
              l1: { max_entries: 10, max_bytes: 1GB }
              redis: { connection: "redis://u:p@h:1", key_prefix: "a:", l2_timeout: 30ms }
            plugins:
              HubSpot:
                priority: 10
                fetch_timeout: 3s
                cache_ttl: 4s
                negative_ttl: 5s
                stale_while_revalidate: 6s
                stale_if_error: 7s
                max_retries: 0
                retry_delay: 0
                max_concurrency: 8
                queue_capacity: 9
                rate_limit: 12.5
                batch_window: 1ms
                config: { ApiUrl: "http://x", api-key: k, TIMEOUT: 60, mode: full, tags: [a, b] }
            """);

        var options = file.Load();

        var engine = options.Engine;
        Assert.Equal([11, 0.5, 3600, 86400, 30, 0, 1.5, 2, 12, 0.03], new[]
        {
            engine.Timeout, engine.FetchTimeout, engine.CacheTtl, engine.StaleWhileRevalidate!.Value, engine.StaleIfError,
            engine.NegativeTtl, engine.FailureTtl, engine.RetryDelay, engine.ConnectTimeout, engine.L2Timeout,
        }.Select(duration => duration.TotalSeconds));
        Assert.Equal((4, 7, 10, 1_000_000_000L), (engine.MaxRetries, engine.BulkWindow, engine.L1.MaxEntries, engine.L1.MaxBytes));
        Assert.Equal(("redis://u:p@h:1", "a:"), (engine.Redis.Connection, engine.Redis.KeyPrefix));
        Assert.Equal(Path.Combine(Path.GetDirectoryName(file.Path)!, "plugins"), engine.PluginDir);
        var plugin = options.Plugins["hubspot"];
        Assert.Equal([3, 4, 5, 6, 7, 0, 0.001], new[]
        {
            plugin.FetchTimeout!.Value, plugin.CacheTtl!.Value, plugin.NegativeTtl!.Value, plugin.StaleWhileRevalidate!.Value,
            plugin.StaleIfError!.Value, plugin.RetryDelay!.Value, plugin.BatchWindow,
        }.Select(duration => duration.TotalSeconds));
        Assert.Equal((true, 10, 0, 8, 9, 12.5), (plugin.Enabled, plugin.Priority, plugin.MaxRetries, plugin.MaxConcurrency, plugin.QueueCapacity, plugin.RateLimit));
        var own = (FakeOptions)plugin.Options!;
        Assert.Equal(("http://x", "k", 60, "full", "a,b"), (own.ApiUrl, own.ApiKey, own.Timeout, own.Mode, string.Join(',', own.Tags)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("engine:\nplugins:\n")]
    [InlineData("engine: {}\nplugins: {}\n")]
    public void LoadFile_NoSettings_LeavesAllPluginsOff(string yaml)
    {
        using var file = new ConfigFile(yaml);

        Assert.Empty(file.Load().Plugins);
    }

    [Fact]
    public void LoadFile_Json_ReadsTheSame()
    {
        using var file = new ConfigFile("""
            {
              "$schema": "./fastenrich.schema.json",
              // a comment
              "plugins": { "hubspot": { "enabled": true, "config": { "api_key": "${K}", "timeout": 5, } } }
            }
            """, "fastenrich.json");

        var options = (FakeOptions)file.Load(("K", "v")).Plugins["hubspot"].Options!;

        Assert.Equal(("v", 5), (options.ApiKey, options.Timeout));
    }

    [Fact]
    public void AddFastEnrichFile_RefusedFile_ThrowsWhenBuilt()
    {
        using var file = new ConfigFile("a: 1\na: 2\n");

        var exception = Assert.Throws<FastEnrichConfigurationException>(() => new ConfigurationBuilder().AddFastEnrichFile(file.Path).Build());

        Assert.Equal($"{file.Path}:2:1", Assert.Single(exception.Errors).Location);
    }

    [Fact]
    public void AddFastEnrichFile_NestedValues_AreServedByColonPath()
    {
        using var file = new ConfigFile("a:\n  b: [x, { c: 1 }]\n  d: ~\n  e: '~'\n");

        var configuration = new ConfigurationBuilder().AddFastEnrichFile(file.Path).Build();

        Assert.Equal(("x", "1", null, "~"), (configuration["A:B:0"], configuration["a:b:1:c"], configuration["a:d"], configuration["a:e"]));
    }
}

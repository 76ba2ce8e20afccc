using System.Text.Json;
using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Tests;

public sealed class ConfigSchemaTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string HubSpot = "plugins: {{ hubspot: {{ {0} config: {{ api_key: k{1} }} }} }}";

    private const string Weather = "plugins: {{ weather: {{ type: http, config: {{ url: 'https://w.example/{{user_id}}', fields: {{ interests: $.a }}, {0} }} }} }}";

    [Fact]
    public async Task Schema_WhatTheBinderRefuses_IsRefusedToo()
    {
        var schema = await SchemaAsync();
        foreach (var yaml in (string[])
        [
            "engine: { max_retries: many }", "engine: { max_retries: 11 }", "engine: { max_retries: 1.5 }", "engine: { max_retries: -1 }",
            "engine: { timeout: 0 }", "engine: { timeout: 601 }", "engine: { timeout: soon }", "engine: { timeout: '1:30' }", "engine: { eager_refresh: 2 }",
            "engine: { l1: { max_bytes: 1 } }", "engine: { l1: { max_bytes: huge } }", "engine: { l1: 5 }", "engine: { tiemout: 5 }", "engin: {}",
            "engine: { redis: { max_reads: 0 } }", "engine: { redis: { encryption: { index_key: k, keys: [ { idd: a } ] } } }",
            "plugins: { hubspott: {} }", "plugins: { hubspot: { priority: high } }", "plugins: { hubspot: { enabled: maybe } }", "plugins: { hubspot: { rate_limit: 0 } }",
            "plugins: { weather: { type: hubspot } }", "plugins: { weather: { type: htp } }", "plugins: { weather: { type: } }", "plugins: { weather: { config: {} } }",
            "plugins: { weather: { type: http, colour: red } }", "plugins: { weather: { type: http, process: { command: [/x] } } }", "plugins: { http: { type: http } }",
            string.Format(Weather, "maxx_body: 1"), string.Format(Weather, "max_body: 1k"), string.Format(Weather, "confidence: 2"),
            "plugins: { hubspot: { colour: red } }", "plugins: []", string.Format(HubSpot, "", ", api_url: 'ftp://x'"), string.Format(HubSpot, "", ", timeout: 301"),
            "plugins: { geo: { process: {} , colour: red } }", "plugins: { geo: { process: { shell: true } } }", "plugins: { geo: { process: { command: /opt/geo } } }",
            "plugins: { geo: { process: { command: [/opt/geo], max_in_flight: 0 } } }", "plugins: { geo: { config: { a: 1 } } }", "plugins: { geo: { process: { command: [[/opt/geo]] } } }",
            string.Format(HubSpot, "", ", timeout: soon"), string.Format(HubSpot, "", ", api_kee: k"), string.Format(HubSpot, "batch_window: 5,", ""),
        ])
        {
            Assert.True(Mistakes(yaml).Count > 0, $"the binder takes {yaml}");
            Assert.False(schema.Accepts(yaml), yaml);
        }
    }

    [Fact]
    public async Task Schema_WhatIsRight_IsAcceptedByBoth()
    {
        var schema = await SchemaAsync();
        foreach (var yaml in (string[])
        [
            "engine: { max_retries: 10, timeout: 1.5h, cache_ttl: 0, failure_ttl: '00:00:02', l1: { max_bytes: 512MiB }, redis: }".Replace("1.5h", "1.5m"),
            "engine: { redis: { connection: '${REDIS:-redis://h}', key_prefix: 12, l2_timeout: 20ms } }",
            "plugins: { hubspot: { enabled: false, priority: -3, rate_limit: 0.5, config: } }",
            "$schema: x\nplugins: { twitter: { enabled: false } }",
            string.Format(Weather, "max_body: 65536"),
            "plugins: { geo: { priority: 1, process: { command: [/opt/geo, -v, 3], env: [], working_dir: /, checksum: 'sha256:" + Digest + "', version: 1.0.0, max_frame: 1MiB, max_frame_rate: 9, "
                + "max_in_flight: 9, batch_size: 9, heartbeat: 3s, startup_timeout: 20, needs: ['email?'], provides: [a], capabilities: [b] }, config: { any: { deep: [1] } } } }",
            "plugins: { geo: { process: { command: [/opt/geo], checksum: ['sha256:" + Digest + "'] } } }",
            string.Format(HubSpot, "batch_window: 0.5, max_retries: '${R:-2}',", ", timeout: 30, api_url: 'http://${H:-x}'"),
        ])
        {
            Assert.Empty(Mistakes(yaml));
            Assert.True(schema.Accepts(yaml), yaml);
        }
    }

    [Fact]
    public void Schema_ByteSizes_AreNumbersOrTextsWithAUnit()
    {
        var size = new ConfigProperty { Type = ConfigPropertyType.Integer, Format = "byte-size", Minimum = 1024 };
        var plugin = new PluginDescriptor
        {
            Metadata = new PluginMetadata
            {
                Name = "sized",
                ConfigSchema = new ConfigSchema
                {
                    Properties = new Dictionary<string, ConfigProperty>
                    {
                        ["one"] = size,
                        ["count"] = new() { Type = ConfigPropertyType.Integer },
                        ["many"] = size with { Type = ConfigPropertyType.Array },
                        ["named"] = size with { Type = ConfigPropertyType.Object },
                    },
                },
            },
            PluginType = typeof(ConfigSchemaTests),
            Create = static _ => throw new NotSupportedException(),
        };
        var schema = new SchemaCheck(JsonDocument.Parse(ConfigurationSchema.Create([plugin])).RootElement);

        bool Accepts(string config) => schema.Accepts($"plugins: {{ sized: {{ config: {{ {config} }} }} }}");

        foreach (var config in (string[])["one: 65536", "one: 512MiB", "one: '1.5 GB'", "one: '${SIZE}'", "many: [64KiB, 2048]", "named: { a: 512MiB, b: 2048 }"])
        {
            Assert.True(Accepts(config), config);
        }

        foreach (var config in (string[])["one: huge", "one: 1023", "one: 5 parsecs", "one: true", "count: 512MiB", "many: 64KiB", "named: [1]"])
        {
            Assert.False(Accepts(config), config);
        }
    }

    [Fact]
    public async Task Schema_TheFilesThatWeWrite_AreAccepted()
    {
        var schema = await SchemaAsync();
        await using var demo = await DemoUpstreams.StartAsync(new DemoSettings(3, 1), TestContext.Current.CancellationToken);
        using var written = new StringWriter();
        DemoConfiguration.Write(demo, written);

        Assert.True(schema.Accepts(written.ToString()), written.ToString());
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "configuration.md"), TestContext.Current.CancellationToken);
        Assert.True(schema.Accepts(page.Split("```yaml")[1].Split("```")[0]));
    }

    [Fact]
    public async Task Show_FileAndEnvironment_TellsValuesAndTheirOriginsWithoutSecrets()
    {
        using var file = new TemporaryFile(
            "fastenrich.yaml",
            """
            engine:
              timeout: 3s
              redis: { connection: "redis://planted@h" }
            plugins:
              hubspot:
                config:
                  api_key: planted
                  api_url: "https://planted:planted@api.example"
            """);

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "config", "show", file.Path);

        Assert.Equal((ExitCodes.Done, ""), (exitCode, error));
        Assert.Contains($"engine:timeout: 3s  # {file.Path}:2:3", lines);
        Assert.Contains("engine:cache_ttl: 1800s  # default", lines);
        Assert.Contains("engine:redis:l2_timeout: 20ms  # default", lines);
        Assert.Contains($"engine:redis:connection: ***  # {file.Path}:3:12", lines);
        Assert.Contains($"plugins:hubspot:config:api_key: ***  # {file.Path}:7:7", lines);
        Assert.Contains($"plugins:hubspot:config:api_url: https://***@api.example  # {file.Path}:8:7", lines);
        Assert.DoesNotContain(lines, static line => line.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_Process_TellsAllButItsEnvironmentAndConfiguration()
    {
        using var file = new TemporaryFile(
            "fastenrich.yaml",
            """
            plugins:
              geo:
                priority: 2
                process: { command: [/opt/geo, "--depth=${DEPTH:-3}"], env: [], max_frame: 1MiB, checksum: [] }
                config: { url: planted, deep: { token: planted } }
              off: { enabled: false, process: { command: [/opt/off] } }
            """);

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "config", "show", file.Path);

        Assert.Equal((ExitCodes.Done, ""), (exitCode, error));
        Assert.Contains($"plugins:geo:process:command:0: /opt/geo  # {file.Path}:4:26", lines);
        Assert.Contains(lines, static line => line.StartsWith("plugins:geo:process:command:1: --depth=${DEPTH:-3}  #", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("plugins:geo:process:max_frame: 1MiB  #", StringComparison.Ordinal));
        Assert.Contains("plugins:geo:process:heartbeat: 5s  # default", lines);
        Assert.Contains(lines, static line => line.StartsWith("plugins:geo:config:url: ***  #", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("plugins:geo:config:deep:token: ***  #", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("plugins:off:process:command:0: /opt/off", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, static line => line.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_Json_IsAnArrayOfTheSame()
    {
        using var file = new TemporaryFile("fastenrich.yaml", "plugins: { hubspot: { priority: 3, config: { api_key: planted } } }\n");

        var (exitCode, lines, _) = await CliRun.RunAsync(null, "", "config", "show", file.Path, "--json");

        var settings = JsonDocument.Parse(string.Join('\n', lines)).RootElement.EnumerateArray().ToDictionary(static setting => setting.GetProperty("path").GetString()!);
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal("3", settings["plugins:hubspot:priority"].GetProperty("value").GetString());
        Assert.Equal("***", settings["plugins:hubspot:config:api_key"].GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, settings["engine:redis:connection"].GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Show_FileWithMistakes_ListsThemAndExitsTwo()
    {
        using var file = new TemporaryFile("fastenrich.yaml", "engine: { timeout: soon, colour: red }\n");

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "config", "show", file.Path);

        Assert.Equal(ExitCodes.BadUsage, exitCode);
        Assert.Empty(lines);
        Assert.Equal(2, error.TrimEnd().Split(Environment.NewLine).Length);
    }

    private static async Task<SchemaCheck> SchemaAsync()
    {
        var (exitCode, lines, _) = await CliRun.RunAsync(null, "", "config", "schema");
        Assert.Equal(ExitCodes.Done, exitCode);
        return new SchemaCheck(JsonDocument.Parse(string.Join('\n', lines)).RootElement.Clone());
    }

    private static IReadOnlyList<ConfigError> Mistakes(string yaml)
    {
        using var file = new TemporaryFile("fastenrich.yaml", yaml);
        return FastEnrichConfiguration.Validate(file.Path, ConfigCommand.Catalog(), new Dictionary<string, string>());
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "FastEnrich.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }
}

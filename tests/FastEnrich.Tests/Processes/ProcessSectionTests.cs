using System.Text;
using FastEnrich.Processes;
using FastEnrich.Tests.Configuration;

namespace FastEnrich.Tests.Processes;

public sealed class ProcessSectionTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Load_EveryKey_IsRead()
    {
        using var file = new ConfigFile($$$"""
            plugins:
              geo-lookup:
                priority: 3
                process:
                  command: [/usr/bin/python3, /opt/plugins/geo.py, "${MODE}"]
                  env: [GEO_TOKEN]
                  working_dir: /opt
                  checksum: ["sha256:{{{Digest}}}", "sha256:{{{Digest.ToUpperInvariant()}}} /opt/plugins/geo.py"]
                  version: 2.0.1
                  max_frame: 1MiB
                  max_frame_rate: 500
                  max_in_flight: 32
                  batch_size: 10
                  heartbeat: 3s
                  startup_timeout: 20s
                  needs: [email, "x_username?"]
                  provides: [geo_id]
                  capabilities: [user_demographics]
                config: { url: "https://geo", list: [a, b], deep: { Key_One: 1 } }
            """);

        var loaded = file.Load(("MODE", "fast"), ("GEO_TOKEN", "secret"), ("OTHER", "x"));

        var descriptor = loaded.Catalog["geo-lookup"];
        var settings = loaded.Plugins["geo-lookup"];
        var options = Assert.IsType<ProcessOptions>(settings.Options);
        Assert.Equal(["/usr/bin/python3", "/opt/plugins/geo.py", "fast"], options.Command);
        Assert.Equal([KeyValuePair.Create("GEO_TOKEN", "secret")], options.Environment);
        Assert.Equal([new ProcessChecksum("/usr/bin/python3", Digest), new ProcessChecksum("/opt/plugins/geo.py", Digest)], options.Checksums);
        Assert.Equal(("/opt", "2.0.1", 1 << 20, 500, 32, 10), (options.WorkingDirectory, options.Version, options.MaxFrameBytes, options.MaxFrameRate, options.MaxInFlight, options.BatchSize));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20), 3), (options.Heartbeat, options.StartupTimeout, settings.Priority));
        Assert.Equal([new IdentityNeed("email", false), new IdentityNeed("x_username", true)], descriptor.Needs);
        Assert.Equal("geo_id user_demographics 2.0.1", $"{descriptor.Provides.Single()} {descriptor.Metadata.Capabilities.Single()} {descriptor.Metadata.Version}");
        Assert.Equal("""{"url":"https://geo","list":["a","b"],"deep":{"Key_One":"1"}}""", Encoding.UTF8.GetString(options.Config.Span));
        Assert.DoesNotContain("secret", options.ToString());
    }

    [Fact]
    public void Load_CommandAlone_HasTheDefaults()
    {
        using var file = new ConfigFile("plugins: { geo: { process: { command: [/opt/geo] } } }");

        var options = Assert.IsType<ProcessOptions>(file.Load(("PATH", "x")).Plugins["geo"].Options);

        Assert.Equal((4 << 20, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), 1, 256), (options.MaxFrameBytes, options.Heartbeat, options.StartupTimeout, options.BatchSize, options.MaxInFlight));
        Assert.Empty(options.Environment);
        Assert.Equal("{}", Encoding.UTF8.GetString(options.Config.Span));
    }

    [Theory]
    [InlineData("{ process: { command: [geo] } }", "plugins:geo:process:command")]
    [InlineData("{ process: { command: [./geo] } }", "plugins:geo:process:command")]
    [InlineData("{ process: { command: [] } }", "plugins:geo:process:command")]
    [InlineData("{ process: { command: /opt/geo } }", "plugins:geo:process:command")]
    [InlineData("{ process: { command: { a: /opt/geo } } }", "plugins:geo:process:command")]
    [InlineData("{ process: { env: [PATH] } }", "plugins:geo:process:command")]
    [InlineData("{ process: { command: [/opt/geo], env: [UNSET] } }", "expected the environment variable UNSET to be set")]
    [InlineData("{ process: { command: [/opt/geo], env: [\"A=secret\"] } }", "expected names of environment variables, without values")]
    [InlineData("{ process: { command: [/opt/geo], checksum: md5:1 } }", "plugins:geo:process:checksum")]
    [InlineData("{ process: { command: [/opt/geo], checksum: \"sha256:" + Digest + " /opt/other\" } }", "plugins:geo:process:checksum")]
    [InlineData("{ process: { command: [/opt/geo], working_dir: opt } }", "plugins:geo:process:working_dir")]
    [InlineData("{ process: { command: [/opt/geo], max_frame: 1KiB } }", "from 64KiB to 64MiB")]
    [InlineData("{ process: { command: [/opt/geo], heartbeat: 0 } }", "plugins:geo:process:heartbeat")]
    [InlineData("{ process: { command: [/opt/geo], needs: [\"a b\"] } }", "plugins:geo:process:needs")]
    [InlineData("{ process: { command: [/opt/geo], shell: true } }", "a known key")]
    [InlineData("{ process: /opt/geo }", "plugins:geo:process")]
    [InlineData("{ config: { a: b } }", "a known plugin")]
    public void Validate_Mistake_IsOneErrorThatShowsNoSecret(string section, string expected)
    {
        using var file = new ConfigFile($"plugins: {{ geo: {section} }}");

        var error = Assert.Single(file.Validate(("PATH", "x")));

        Assert.Contains(expected, error);
        Assert.DoesNotContain("secret", error);
    }

    [Fact]
    public void Validate_NameOfACompiledInPlugin_IsAnError()
    {
        using var file = new ConfigFile("plugins: { Plain: { process: { command: [/opt/geo] } } }");

        Assert.Equal("fastenrich.yaml:1:21: plugins:Plain:process: expected nothing here: 'plain' is a plugin of this program, a process needs another name", Assert.Single(file.Validate()));
    }

    [Fact]
    public void Validate_NameThatIsNotKebabCase_IsAnError()
    {
        using var file = new ConfigFile("plugins: { Geo_Lookup: { process: { command: [/opt/geo] } } }");

        Assert.Contains("expected a plugin's name in kebab-case", Assert.Single(file.Validate()));
    }

    [Fact]
    public void Describe_EnvironmentAndConfiguration_AreNotShown()
    {
        using var file = new ConfigFile("plugins: { geo: { process: { command: [/opt/geo, -v], env: [TOKEN] }, config: { url: planted, deep: [planted] } } }");

        var settings = FastEnrichConfiguration.Describe(file.Path, [], new Dictionary<string, string> { ["TOKEN"] = "planted" }).ToDictionary(static setting => setting.Path, static setting => setting.Value);

        Assert.Equal(("-v", "***", "***", "***"), (settings["plugins:geo:process:command:1"], settings["plugins:geo:process:env:0"], settings["plugins:geo:config:url"], settings["plugins:geo:config:deep:0"]));
        Assert.DoesNotContain("planted", settings.Values);
    }

    [Fact]
    public void Load_Disabled_IsKnownAndReadsNoVariable()
    {
        using var file = new ConfigFile("plugins: { geo: { enabled: false, process: { command: [\"${UNSET}\"] } } }");

        var loaded = file.Load();

        Assert.True(loaded.Catalog.ContainsKey("geo"));
        Assert.False(loaded.Plugins["geo"].Enabled);
    }

    [Fact]
    public void Load_Again_ReplacesTheDescriptor()
    {
        using var first = new ConfigFile("plugins: { geo: { process: { command: [/opt/geo], version: 1.0.0 } } }");
        using var second = new ConfigFile("plugins: { geo: { process: { command: [/opt/geo], version: 2.0.0 } } }");
        var options = first.Load();

        options.LoadFile(second.Path, ConfigFile.Variables([]));

        Assert.Equal("2.0.0", options.Catalog["geo"].Metadata.Version);
    }

    [Fact]
    public void DataVersion_DiffersByConfiguration_ButNotByWhatVariablesBring()
    {
        string Version(string config, string secret)
        {
            using var file = new ConfigFile($$"""plugins: { geo: { process: { command: [/opt/geo] }, config: { url: {{config}}, token: "${TOKEN}" } } }""");
            var loaded = file.Load(("TOKEN", secret));
            return FastEnrich.Plugins.DataVersion.Of(loaded.Catalog["geo"], loaded.Plugins["geo"]);
        }

        Assert.Equal(Version("a", "1"), Version("a", "2"));
        Assert.NotEqual(Version("a", "1"), Version("b", "1"));
    }
}

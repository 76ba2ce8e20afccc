using System.Text;
using System.Text.Json;
using CsCheck;
using FastEnrich.Registry;

namespace FastEnrich.Tests.Registry;

public sealed class ManifestTests
{
    private const string Whole = """
        {
          "name": "loyalty", "version": "1.2.3-rc.1", "description": "Points", "author": "Example", "website": "https://example.com/", "license": "MIT",
          "capabilities": ["points"], "tags": ["crm", "shop"], "dependencies": ["hubspot >=1.0.0", "x"],
          "config_schema": {"properties": {"api_key": {"type": "string", "description": "Token", "sensitive": true}, "size": {"type": "integer", "default": "5", "minimum": 1, "maximum": 9}}, "required": ["api_key"]},
          "min_engine_version": "0.1.0", "max_engine_version": "2.0.0", "checksum": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        }
        """;

    [Fact]
    public void Parse_EveryField_IsReadAndWrittenAgain()
    {
        var manifest = Parse(Whole).Manifest!;

        var again = PluginManifest.Parse(manifest.ToJson()).Manifest!;

        foreach (var read in (PluginManifest[])[manifest, again])
        {
            Assert.Equal(("loyalty", "1.2.3-rc.1", "Points", "Example"), (read.Name, read.Version.ToString(), read.Metadata.Description, read.Metadata.Author));
            Assert.Equal(("https://example.com/", "MIT"), (read.Metadata.Website, read.Metadata.License));
            Assert.Equal(["points"], read.Metadata.Capabilities);
            Assert.Equal(["crm", "shop"], read.Metadata.Tags);
            Assert.Equal(["hubspot", "x"], read.Metadata.Dependencies);
            Assert.Equal(["hubspot >=1.0.0", "x"], read.Dependencies.Select(static dependency => dependency.ToString()));
            Assert.Equal(("0.1.0", "2.0.0"), (read.MinEngineVersion.ToString(), read.MaxEngineVersion.ToString()));
            Assert.StartsWith("sha256:0123", read.Checksum);
            Assert.True(read.Metadata.ConfigSchema.Properties["api_key"] is { Sensitive: true, Required: true, Type: ConfigPropertyType.String });
            Assert.True(read.Metadata.ConfigSchema.Properties["size"] is { Default: "5", Minimum: 1, Maximum: 9 });
        }
    }

    [Fact]
    public void Parse_ManyMistakes_ReportsAllAtOnceAndQuotesNone()
    {
        var reading = Parse("""
            {"name": "Planted Name", "version": "planted", "description": 5, "website": "javascript:planted", "tags": ["", 7, "ok"],
             "dependencies": ["planted name", "x", "x"], "min_engine_version": "2.0.0", "max_engine_version": "1.0.0", "checksum": "md5:planted",
             "config_schema": {"properties": {"k": {"type": "planted"}, "s": {"type": "string", "sensitive": true, "default": "planted"}}, "required": ["none"]}}
            """);

        Assert.Null(reading.Manifest);
        Assert.Equal(
            ["name", "version", "description", "website", "tags[0]", "tags[1]", "dependencies[0]", "dependencies[2]", "max_engine_version", "checksum",
             "config_schema.properties.k.type", "config_schema.properties.s.default", "config_schema.required[0]"],
            reading.Errors.Select(static error => error.Path).OrderBy(path => Array.IndexOf(s_order, path.Split('.')[0].Split('[')[0])));
        Assert.DoesNotContain(reading.Errors, static error => error.ToString().Contains("planted", StringComparison.OrdinalIgnoreCase));
    }

    private static readonly string[] s_order = ["name", "version", "description", "website", "tags", "dependencies", "max_engine_version", "checksum", "config_schema"];

    [Theory]
    [InlineData("""{"name":"a","version":"1.0.0","name":"b"}""", "name: stands twice")]
    [InlineData("""{"name":"a","version":"1.0.0","config_schema":{"properties":{"k":{"type":"string","type":"string"}}}}""", "config_schema.properties.k.type: stands twice")]
    [InlineData("""{"name":"a","version":"1.0.0","x":[{"y":1,"y":2}]}""", "x[0].y: stands twice")]
    [InlineData("""{"version":"1.0.0"}""", "name: is missing")]
    [InlineData("""{"name":"a"}""", "version: is missing")]
    [InlineData("[]", "$: a manifest is an object")]
    [InlineData("", "$: not JSON of at most 32 levels (line 1)")]
    [InlineData("{\"name\":\"a\",\n}", "$: not JSON of at most 32 levels (line 2)")]
    [InlineData("{\"name\":\"a\" /* no */}", "$: not JSON of at most 32 levels (line 1)")]
    [InlineData("""{"name":"a","version":"1.0.0","author":"\u001b[31m"}""", "author: is well-formed text of at most 200 characters, without control characters")]
    [InlineData("""{"name":"a","version":"1.0.0","author":"\u202eevil"}""", "author: is well-formed text of at most 200 characters, without control characters")]
    [InlineData("""{"name":"a","version":"1.0.0","author":"\ud800"}""", "author: is well-formed text of at most 200 characters, without control characters")]
    [InlineData("""{"name":"a","version":"1.0.0","config_schema":{"properties":{"k":{"type":"number","minimum":1e999}}}}""", "config_schema.properties.k.minimum: is a finite number")]
    public void Parse_BrokenManifest_SaysWhereAndWhy(string json, string error) => Assert.Equal(error, Assert.Single(Parse(json).Errors).ToString());

    [Fact]
    public void Parse_UnknownFields_AreWarningsWithPrintableNames()
    {
        var reading = Parse("""{"name":"a","version":"1.0.0","future":1,"\u001b[31m":2,"config_schema":{"strict":true}}""");

        Assert.NotNull(reading.Manifest);
        Assert.Equal(["config_schema.strict: is not known, and ignored", "future: is not known, and ignored", "?: is not known, and ignored"], reading.Warnings.Select(static warning => warning.ToString()));
    }

    [Fact]
    public void Parse_Limits_HoldForDepthSizeAndCounts()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 33)) + string.Concat(Enumerable.Repeat("]", 33));
        var large = Encoding.UTF8.GetBytes("""{"name":"a","version":"1.0.0","x":" """ + new string(' ', PluginManifest.MaxBytes) + "\"}");
        var many = string.Join(',', Enumerable.Range(0, 65).Select(static i => $"\"t{i}\""));

        Assert.Equal("$: not JSON of at most 32 levels (line 1)", Assert.Single(Parse(deep).Errors).ToString());
        Assert.Equal("$: a manifest has at most 262144 bytes", Assert.Single(PluginManifest.Parse(large).Errors).ToString());
        Assert.Equal("tags: is a list of at most 64 texts", Assert.Single(Parse($$"""{"name":"a","version":"1.0.0","tags":[{{many}}]}""").Errors).ToString());
        Assert.Equal(50, Parse("{" + string.Join(',', Enumerable.Range(0, 500).Select(static i => $"\"u{i}\":1")) + "}").Warnings.Count);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B })]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC0, 0xAF, 0x22, 0x3A, 0x31, 0x7D })]
    public void Parse_BytesThatAreNoUtf8_AreRefused(byte[] bytes) => Assert.Equal("$: a manifest is well-formed UTF-8", Assert.Single(PluginManifest.Parse(bytes).Errors).ToString());

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped() => Assert.NotNull(PluginManifest.Parse(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Whole)).ToArray()).Manifest);

    [Fact]
    public void Parse_AnyBytesChanged_NeverThrows()
    {
        var whole = Encoding.UTF8.GetBytes(Whole);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((i, x, j, y) =>
        {
            var bytes = (byte[])whole.Clone();
            (bytes[i], bytes[j]) = (x, y);
            var reading = PluginManifest.Parse(bytes);
            return (reading.Manifest is null) == (reading.Errors.Count > 0);
        });
    }

    [Fact]
    public void FromDescriptor_Written_IsReadAgain()
    {
        var descriptor = new PluginDescriptor
        {
            Metadata = new PluginMetadata
            {
                Name = "crm", Version = "2.0.0", Description = "d", Author = "a", Capabilities = ["c"], Tags = ["t"], Dependencies = ["x"],
                ConfigSchema = new ConfigSchema
                {
                    Properties = new Dictionary<string, ConfigProperty> { ["key"] = new() { Type = ConfigPropertyType.Duration, Required = true, Sensitive = true, Pattern = "^a" } }, Required = ["key"],
                },
            },
            PluginType = typeof(object),
            Create = static _ => throw new NotSupportedException(),
        };

        var reading = PluginManifest.Parse(PluginManifest.FromDescriptor(descriptor).ToJson());

        Assert.Empty(reading.Errors);
        Assert.Empty(reading.Warnings);
        Assert.Equal(JsonSerializer.Serialize(descriptor.Metadata, FastEnrichJsonContext.Default.PluginMetadata), JsonSerializer.Serialize(reading.Manifest!.Metadata, FastEnrichJsonContext.Default.PluginMetadata));
    }

    [Theory]
    [InlineData("0.0.9", false)]
    [InlineData("0.1.0", true)]
    [InlineData("2.0.0", true)]
    [InlineData("2.0.1", false)]
    [InlineData("0.1.0-rc.1", false)]
    public void Runs_EngineVersion_BothBoundsIncluded(string engine, bool runs) => Assert.Equal(runs, Parse(Whole).Manifest!.Runs(SemanticVersion.Parse(engine)));

    private static ManifestReading Parse(string json) => PluginManifest.Parse(Encoding.UTF8.GetBytes(json));
}

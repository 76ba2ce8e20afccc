using FastEnrich.Testing.Tests.Conformance;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Testing.Tests.Running;

public sealed class PluginTesterTests
{
    private static readonly PluginDescriptor s_descriptor = new FastEnrichOptions().AddAllPlugins().Catalog["kit"];

    [Fact]
    public void ValidatePluginInterface_CompletePlugin_PassesEachQuestion()
    {
        var report = new PluginTester(s_descriptor, Options()).ValidatePluginInterface();

        report.ThrowIfFailed();
        Assert.Equal(["name", "version", "metadata", "schema", "identities", "dependencies", "configuration", "instance"], report.Results.Select(static result => result.Id));
    }

    [Theory]
    [InlineData("Kit_Plugin", "1.0.0", "name")]
    [InlineData("kit--x", "1.0.0", "name")]
    [InlineData("kit", "1.0", "version")]
    [InlineData("kit", "1.0.0-", "version")]
    [InlineData("kit", "01.0.0", "version")]
    public void ValidatePluginInterface_NameOrVersionOfAnotherForm_FailsThat(string name, string version, string question) =>
        Assert.Equal([question], Failed(Descriptor(metadata => metadata with { Name = name, Version = version })));

    [Fact]
    public void ValidatePluginInterface_IncompleteMetadata_NamesWhatIsMissing()
    {
        var report = new PluginTester(Descriptor(static metadata => metadata with { Author = "", License = null, Description = " ", Capabilities = [] }), Options()).ValidatePluginInterface();

        Assert.Equal(["Description is empty", "Author is empty", "License is empty", "Capabilities is empty"], report["metadata"].Details);
    }

    [Fact]
    public void ValidatePluginInterface_SchemaThatContradictsItself_NamesEachContradiction()
    {
        var schema = new ConfigSchema
        {
            Properties = new Dictionary<string, ConfigProperty>
            {
                ["secret"] = new() { Type = ConfigPropertyType.String, Description = "a", Sensitive = true, Default = "x" },
                ["range"] = new() { Type = ConfigPropertyType.Integer, Description = "a", Minimum = 5, Maximum = 1 },
                ["number"] = new() { Type = ConfigPropertyType.Integer, Description = "a", Maximum = 1, Default = "2" },
                ["text"] = new() { Type = ConfigPropertyType.String, Description = "a", Pattern = "^a$", Default = "b" },
                ["pattern"] = new() { Type = ConfigPropertyType.String, Description = "a", Pattern = "(" },
                ["enum"] = new() { Type = ConfigPropertyType.String, Description = "a", Enum = ["x"], Default = "y" },
                ["silent"] = new() { Type = ConfigPropertyType.String },
                ["must"] = new() { Type = ConfigPropertyType.String, Description = "a", Required = true },
            },
            Required = ["gone"],
        };

        var details = new PluginTester(Descriptor(metadata => metadata with { ConfigSchema = schema }), Options()).ValidatePluginInterface()["schema"].Details;

        Assert.Equal(["gone", "secret", "range", "number", "text", "pattern", "enum", "silent", "must"], details.Select(static detail => detail.Split('\'')[1]));
    }

    [Fact]
    public void ValidatePluginInterface_ConfigurationThatIsRefused_SaysWhyAndShowsNoSecret()
    {
        var options = Options() with { Configuration = static _ => new Dictionary<string, string> { ["api_url"] = "ftp://x", ["api_keys"] = KitUpstream.Key } };

        var report = new PluginTester(s_descriptor, options).ValidatePluginInterface();

        Assert.Equal(["configuration", "instance"], report.Failures.Select(static failure => failure.Id));
        Assert.DoesNotContain(KitUpstream.Key, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ValidatePluginInterface_DuplicateIdentityAndSelfDependency_FailThose() =>
        Assert.Equal(["identities", "dependencies"], Failed(Descriptor(static metadata => metadata, needs: [new("Bad Name", true), new("x", true), new("x", true)], dependsOn: ["kit"])));

    [Fact]
    public async Task Constructor_FactoryWithoutDescriptor_RunsThePlugin()
    {
        await using var tester = new PluginTester(new PluginMetadata { Name = "kit" }, static context => new KitPlugin(new KitOptions { ApiUrl = "http://127.0.0.1:9", ApiKey = KitUpstream.Key }, context));

        await using var instance = await tester.CreateAsync();

        Assert.IsType<KitPlugin>(instance.Plugin);
    }

    [Fact]
    public void FromCatalog_UnknownPlugin_NamesTheKnownOnes() =>
        Assert.Contains("kit", Assert.Throws<ArgumentException>(static () => PluginTester.FromCatalog(new FastEnrichOptions().AddAllPlugins(), "none")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task MockServer_SetUpTornDownAndSetUpAgain_IsAnotherServer()
    {
        await using var tester = new PluginTester(s_descriptor, Options());
        Assert.Throws<InvalidOperationException>(tester.GetMockServerUrl);

        await tester.SetupMockServerAsync(KitUpstream.Script);
        var url = tester.GetMockServerUrl();
        await tester.TeardownMockServerAsync();
        await tester.TeardownMockServerAsync();
        Assert.Throws<InvalidOperationException>(tester.GetMockServerUrl);

        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(url));
    }

    [Fact]
    public void CapturedLog_Entry_HoldsMessageValuesScopesAndException()
    {
        var log = new CapturedLog();
        using (log.BeginScope(new Dictionary<string, object?> { ["scoped"] = "in-scope" }))
        {
            log.LogWarning(new FormatException("in-exception"), "said {Value}", "in-value");
        }

        log.LogTrace("after");

        Assert.All(["said in-value", "Value=in-value", "scoped=in-scope", "in-exception"], part => Assert.Contains(part, log.Entries[0], StringComparison.Ordinal));
        Assert.DoesNotContain("in-scope", log.Entries[1], StringComparison.Ordinal);
    }

    private static string[] Failed(PluginDescriptor descriptor) => [.. new PluginTester(descriptor, Options()).ValidatePluginInterface().Failures.Select(static failure => failure.Id)];

    private static PluginTesterOptions Options() => new() { Configuration = static url => new Dictionary<string, string> { ["api_url"] = url, ["api_key"] = KitUpstream.Key } };

    private static PluginDescriptor Descriptor(Func<PluginMetadata, PluginMetadata> change, IReadOnlyList<IdentityNeed>? needs = null, IReadOnlyList<string>? dependsOn = null) => new()
    {
        Metadata = change(s_descriptor.Metadata),
        PluginType = s_descriptor.PluginType,
        OptionsType = s_descriptor.OptionsType,
        Create = s_descriptor.Create,
        BindOptions = s_descriptor.BindOptions,
        Provides = s_descriptor.Provides,
        Needs = needs ?? [],
        DependsOn = dependsOn ?? [],
    };
}

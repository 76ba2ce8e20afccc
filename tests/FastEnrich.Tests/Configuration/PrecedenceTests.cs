using Microsoft.Extensions.Configuration;

namespace FastEnrich.Tests.Configuration;

public sealed class PrecedenceTests
{
    private const string Prefixed = "FASTENRICH__PLUGINS__HUBSPOT__CONFIG__API_KEY";

    [Theory]
    [InlineData(false, false, false, "file")]
    [InlineData(true, false, false, "short")]
    [InlineData(false, true, false, "prefix")]
    [InlineData(true, true, false, "prefix")]
    [InlineData(true, false, true, "code")]
    [InlineData(true, true, true, "code")]
    public void Bind_SeveralSources_TakesTheStrongest(bool shortForm, bool prefix, bool code, string expected)
    {
        var variables = new Dictionary<string, string>();
        if (shortForm)
        {
            variables["HUBSPOT_API_KEY"] = "short";
        }

        if (prefix)
        {
            variables[Prefixed] = "prefix";
        }

        var builder = new ConfigurationBuilder()
            .AddFastEnrichStream(new MemoryStream("plugins: { hubspot: { config: { apiKey: file } } }"u8.ToArray()), "f.yaml")
            .AddFastEnrichEnvironment(variables);
        if (code)
        {
            builder.AddInMemoryCollection([KeyValuePair.Create("plugins:hubspot:config:Api-Key", (string?)"code")]);
        }

        var options = ConfigFile.CreateOptions();
        options.Bind(builder.Build(), variables);

        Assert.Equal(expected, ((FakeOptions)options.Plugins["hubspot"].Options!).ApiKey);
    }

    [Fact]
    public void LoadFile_NothingGiven_TakesTheDefaults()
    {
        using var file = new ConfigFile("plugins: { hubspot: { config: { api_key: k, timeout: } } }");

        var options = file.Load();

        Assert.Equal(30, ((FakeOptions)options.Plugins["hubspot"].Options!).Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Engine.Timeout);
        Assert.Equal(["hubspot"], options.Plugins.Keys);
    }

    [Fact]
    public void LoadFile_ShortForm_SetsOnlySecretsOfEnabledPlugins()
    {
        using var file = new ConfigFile("plugins:\n  hubspot:\n  crm_cloud: { enabled: false }\n");

        var options = file.Load(("HUBSPOT_API_KEY", "k"), ("HUBSPOT_TIMEOUT", "bad"), ("CRM_CLOUD_API_KEY", "k"), ("PLAIN_API_KEY", "k"));

        Assert.Equal("k", ((FakeOptions)options.Plugins["hubspot"].Options!).ApiKey);
        Assert.Equal(30, ((FakeOptions)options.Plugins["hubspot"].Options!).Timeout);
        Assert.Null(options.Plugins["crm-cloud"].Options);
        Assert.False(options.Plugins["crm-cloud"].Enabled);
        Assert.False(options.Plugins.ContainsKey("plain"));
    }

    [Fact]
    public void LoadFile_PrefixedVariables_SetAnyKeyAndSwitchPluginsOn()
    {
        using var file = new ConfigFile("plugins: { crm-cloud: { enabled: false, config: { api_key: k, tags: [a, b] } } }");

        var options = file.Load(
            ("FASTENRICH__ENGINE__L1__MAX_BYTES", "64KiB"),
            ("FASTENRICH__PLUGINS__CRM_CLOUD__ENABLED", "true"),
            ("FASTENRICH__PLUGINS__CRM_CLOUD__CONFIG__TAGS__1", "$${B}"),
            ("FASTENRICH__PLUGINS__PLAIN__PRIORITY", "-3"));

        Assert.Equal(65_536, options.Engine.L1.MaxBytes);
        Assert.Equal(["a", "$${B}"], ((FakeOptions)options.Plugins["crm-cloud"].Options!).Tags);
        Assert.Equal(-3, options.Plugins["plain"].Priority);
    }

    [Fact]
    public void LoadFile_TwoSpellingsInTheEnvironment_IsAMistake()
    {
        using var file = new ConfigFile("");

        var error = Assert.Single(file.Validate(("FASTENRICH__ENGINE__MAXRETRIES", "1"), ("FASTENRICH__ENGINE__MAX_RETRIES", "2")));

        Assert.Contains("'maxretries' and 'max_retries' are one key", error);
    }

    [Fact]
    public void LoadFile_VariableOfEndlessDepth_IsAMistake()
    {
        using var file = new ConfigFile("");

        Assert.Single(file.Validate(("FASTENRICH__PLUGINS" + string.Concat(Enumerable.Repeat("__A", 40_000)), "1")));
    }

    [Fact]
    public void Bind_HostConfiguration_ReadsItsTwoSectionsOnlyAndLeavesDollarsAlone()
    {
        var host = new ConfigurationManager();
        host.AddInMemoryCollection(
        [
            KeyValuePair.Create("Logging:LogLevel:Default", (string?)"Debug"),
            KeyValuePair.Create("ENGINE", (string?)"v8"),
            KeyValuePair.Create("Plugins:HubSpot:Config:ApiKey", (string?)"${X}"),
        ]);
        var options = ConfigFile.CreateOptions();

        options.Bind(new ConfigurationBuilder().AddConfiguration(host).Build(), ConfigFile.Variables([("FASTENRICH__ENGINE__TIMEOUT", "7")]));

        Assert.Equal("${X}", ((FakeOptions)options.Plugins["hubspot"].Options!).ApiKey);
        Assert.Equal(TimeSpan.FromSeconds(7), options.Engine.Timeout);
    }

    [Fact]
    public void Bind_Section_BelongsToFastEnrichAsAWhole()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create("FastEnrich:Engine:Timeout", (string?)"3s"),
            KeyValuePair.Create("FastEnrich:Plugin:X", (string?)"1"),
        ]).Build();

        var exception = Assert.Throws<FastEnrichConfigurationException>(() =>
            ConfigFile.CreateOptions().Bind(configuration.GetSection("FastEnrich"), ConfigFile.Variables([])));

        Assert.Equal(["Plugin"], exception.Errors.Select(error => error.Path));
    }

    [Fact]
    public void Bind_FileInAHostsConfiguration_ErrorsKnowTheLine()
    {
        var configuration = new ConfigurationBuilder()
            .AddFastEnrichStream(new MemoryStream("{\n  \"engine\": { \"timeout\": \"x\" }\n}"u8.ToArray()), "f.json").Build();

        var exception = Assert.Throws<FastEnrichConfigurationException>(() => ConfigFile.CreateOptions().Bind(configuration, ConfigFile.Variables([])));

        Assert.Equal("f.json:2:15", Assert.Single(exception.Errors).Location);
    }
}

using Microsoft.Extensions.Configuration;

namespace FastEnrich.Tests.Configuration;

public sealed class AliasTests
{
    private static readonly PluginDescriptor s_social = new()
    {
        Metadata = new PluginMetadata { Name = "s", ConfigSchema = FakePlugins.HubSpot.Metadata.ConfigSchema },
        Aliases = ["old-social"],
        PluginType = typeof(AliasTests),
        OptionsType = typeof(FakeOptions),
        Create = static _ => throw new NotSupportedException(),
        BindOptions = FakePlugins.HubSpot.BindOptions,
    };

    [Theory]
    [InlineData("s")]
    [InlineData("old-social")]
    [InlineData("Old_Social")]
    public void LoadFile_SectionByAlias_IsThePlugins(string section)
    {
        using var file = new ConfigFile($"plugins: {{ {section}: {{ priority: 3, config: {{ api_key: k }} }} }}");

        var (key, settings) = Assert.Single(Load(file).Plugins);

        Assert.Equal(("s", 3, "k"), (key, settings.Priority, ((FakeOptions)settings.Options!).ApiKey));
    }

    [Fact]
    public void LoadFile_BothSpellingsInOneFile_IsOneMistakeWithItsPlace()
    {
        using var file = new ConfigFile("plugins:\n  s: { config: { api_key: k } }\n  old-social:\n    priority: 1\n    config: { api_key: k, mode: full }\n");

        var exception = Assert.Throws<FastEnrichConfigurationException>(() => Load(file));

        var error = Assert.Single(exception.Errors);
        Assert.EndsWith("fastenrich.yaml:3:3", error.Location, StringComparison.Ordinal);
        Assert.Contains("'s' and 'old-social' are one key", error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S", "OLD_SOCIAL")]
    [InlineData("OLD_SOCIAL", "S")]
    public void LoadFile_EnvironmentInTheOtherSpelling_OverridesTheFile(string inFile, string inEnvironment)
    {
        using var file = new ConfigFile($"plugins: {{ {inFile}: {{ priority: 3, config: {{ api_key: k }} }} }}");

        var settings = Assert.Single(Load(file, ($"FASTENRICH__PLUGINS__{inEnvironment}__PRIORITY", "4")).Plugins).Value;

        Assert.Equal((4, "k"), (settings.Priority, ((FakeOptions)settings.Options!).ApiKey));
    }

    [Theory]
    [InlineData(true, false, "short-alias")]
    [InlineData(false, true, "short-name")]
    [InlineData(true, true, "short-name")]
    public void LoadFile_ShortForms_NameBeforeAlias(bool alias, bool name, string expected)
    {
        using var file = new ConfigFile("plugins: { old-social: }");
        List<(string, string)> variables = [];
        if (alias)
        {
            variables.Add(("OLD_SOCIAL_API_KEY", "short-alias"));
        }

        if (name)
        {
            variables.Add(("S_API_KEY", "short-name"));
        }

        Assert.Equal(expected, ((FakeOptions)Load(file, [.. variables]).Plugins["s"].Options!).ApiKey);
    }

    [Fact]
    public void LoadFile_AliasElsewhere_IsNoPlugin()
    {
        using var file = new ConfigFile("plugins: { s: { config: { api_key: k, old-social: 1 } } }");

        Assert.EndsWith("old-social", Assert.Single(Assert.Throws<FastEnrichConfigurationException>(() => Load(file)).Errors).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_HostsSectionByAlias_IsThePlugins()
    {
        var host = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Plugins:OldSocial:Config:ApiKey", (string?)"k")]).Build();
        var options = new FastEnrichOptions();
        options.AddPlugin(s_social);

        options.Bind(host, ConfigFile.Variables([]));

        Assert.Equal(["s"], options.Plugins.Keys);
    }

    private static FastEnrichOptions Load(ConfigFile file, params (string Name, string Value)[] variables)
    {
        var options = new FastEnrichOptions();
        options.AddPlugin(s_social);
        options.LoadFile(file.Path, ConfigFile.Variables(variables));
        return options;
    }
}

using FastEnrich.Plugins;
using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

/// <summary>Instances that are configured otherwise do not serve each other's records.</summary>
public sealed class DataVersionTests
{
    [Fact]
    public void Of_NoConfiguration_IsTheVersion() => Assert.Equal("1.2.3", DataVersion.Of(Descriptor(), new PluginSettings()));

    [Theory]
    [InlineData("api_url=a,tags:0=x", "TAGS:0=x,ApiUrl=a", true)] // order and spelling
    [InlineData("api_url=a", "api_url=b", false)]
    [InlineData("api_url=a", "api_url=a,tags:0=x", false)]
    [InlineData("api_url=a,api_key=1", "api_url=a,api_key=2", true)] // a secret
    [InlineData("api_url=a,api-key=1", "api_url=a", true)]
    [InlineData("a=bc", "ab=c", false)]
    [InlineData("a=", "", false)]
    public void OfConfig_TwoConfigurations_AgreeInWhatCounts(string left, string right, bool same) =>
        Assert.Equal(same, Of(left) == Of(right));

    [Fact]
    public void Of_OptionsSetInCode_CountsWhatTheyShow()
    {
        var one = DataVersion.Of(Descriptor(), new PluginSettings { Options = new Shown(1.5) });

        Assert.Equal(one, DataVersion.Of(Descriptor(), new PluginSettings { Options = new Shown(1.5) }));
        Assert.NotEqual(one, DataVersion.Of(Descriptor(), new PluginSettings { Options = new Shown(1.6) }));
        Assert.NotEqual(one, DataVersion.Of(Descriptor(), new PluginSettings { Options = new Shown(1.5), DataVersion = "2" }));
        Assert.Matches("^1\\.2\\.3\\+[0-9a-f]{16}$", one);
    }

    [Fact]
    public void Of_OptionsThatReplaceThoseOfTheConfiguration_CountInstead()
    {
        var settings = new PluginSettings { Options = new Shown(1), ConfigDigest = "read" };
        var read = DataVersion.Of(Descriptor(), settings);

        settings.Options = new Shown(1);

        Assert.NotEqual(read, DataVersion.Of(Descriptor(), settings));
    }

    [Fact]
    public void Load_ConfigurationFile_GivesEqualFilesEqualVersions()
    {
        string Version(string yaml)
        {
            using var file = new ConfigFile(yaml);
            var options = file.Load(("CRM_API_KEY", "k"));
            var (name, settings) = options.Plugins.Single();
            return DataVersion.Of(options.Catalog[name], settings);
        }

        var one = Version("plugins: { hubspot: { priority: 1, config: { api_url: \"https://a\", api_key: one } } }");

        Assert.Equal(one, Version("plugins: { hubspot: { config: { api-key: two, ApiUrl: \"https://a\" } } }"));
        Assert.NotEqual(one, Version("plugins: { hubspot: { config: { api_url: \"https://b\", api_key: one } } }"));
    }

    [Fact]
    public async Task EnrichAsync_TwoConfigurationsOverOneTier_NeverServeEachOthersRecordsAndComeToRest()
    {
        var store = new FakeStore();
        await using var old = new EngineFixture { Store = store };
        await using var fresh = new EngineFixture { Store = store.Peer() };
        var (oldCrm, freshCrm) = (old.Add("crm", settings: static settings => settings.DataVersion = "1"), fresh.Add("crm", settings: static settings => settings.DataVersion = "2"));
        oldCrm.Answer = static (_, _) => new(Results.Found("old"));
        freshCrm.Answer = static (_, _) => new(Results.Found("new"));

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("old", (await old.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
            await Eventually.True(() => !store.Writes.IsEmpty);
            Assert.Equal("new", (await fresh.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
        }

        Assert.Equal((1, 1), (oldCrm.Calls, freshCrm.Calls));
    }

    private static PluginDescriptor Descriptor() => new()
    {
        Metadata = new PluginMetadata
        {
            Name = "crm",
            Version = "1.2.3",
            ConfigSchema = new ConfigSchema { Properties = new Dictionary<string, ConfigProperty> { ["api_key"] = new() { Type = ConfigPropertyType.String, Sensitive = true } } },
        },
        PluginType = typeof(FakePlugin),
        Create = static _ => new FakePlugin(),
    };

    private static string? Of(string values) => DataVersion.OfConfig(
        values.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=')).Select(static pair => KeyValuePair.Create($"plugins:crm:config:{pair[0]}", (string?)pair[1])),
        "plugins:crm:config",
        Descriptor());

    private sealed record Shown(double Value);
}

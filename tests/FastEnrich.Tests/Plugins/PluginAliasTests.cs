using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class PluginAliasTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly FakePlugin _social = new();

    [Fact]
    public async Task EnrichAsync_PluginsByAlias_AnswersUnderTheName()
    {
        _engine.Options.Plugins["s"] = new PluginSettings();

        var profile = await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Plugins = ["old", "s"] });

        Assert.Equal(["s"], profile.Status.Keys);
        Assert.Equal(["s"], (await _engine.Manager.EnrichWithPluginAsync("old", "u1")).Status.Keys);
        Assert.Equal(1, _social.Calls);
    }

    [Fact]
    public async Task Create_SettingsByAlias_RunThePlugin()
    {
        _engine.Options.Plugins["old"] = new PluginSettings { Priority = 7 };

        Assert.Equal(["s"], (await _engine.Manager.EnrichAsync("u1")).Status.Keys);
        Assert.True(_engine.Manager.GetPluginStatus("old") is { Name: "s", Enabled: true });
        Assert.Equal("s", Assert.Single(_engine.Manager.ListPlugins()).Name);
    }

    [Fact]
    public void Create_SettingsByNameAndAlias_IsRefused()
    {
        _engine.Options.Plugins["s"] = new PluginSettings();
        _engine.Options.Plugins["old"] = new PluginSettings();

        var exception = Assert.Throws<FastEnrichConfigurationException>(() => _engine.Manager);

        Assert.Equal("plugins:old", Assert.Single(exception.Errors).Path);
    }

    [Fact]
    public async Task RegisterPluginAsync_ByAlias_ReplacesTheSamePlugin()
    {
        _engine.Options.Plugins["s"] = new PluginSettings();
        Assert.Equal(["s"], (await _engine.Manager.EnrichAsync("u1")).Status.Keys);

        await _engine.Manager.RegisterPluginAsync("old", new PluginSettings());

        Assert.Equal(["s"], (await _engine.Manager.EnrichAsync("u1")).Status.Keys);
        Assert.True(await _engine.Manager.UnregisterPluginAsync("old"));
        Assert.Empty((await _engine.Manager.EnrichAsync("u1")).Status);
    }

    [Fact]
    public async Task EnrichAsync_DependsOnByAlias_WaitsForThePlugin()
    {
        _engine.Options.Plugins["s"] = new PluginSettings();
        _engine.Add("crm", dependsOn: ["old"]);

        var profile = await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Plugins = ["crm"] });

        Assert.Equal((PluginState.Fresh, 1), (profile.Status["crm"].State, _social.Calls));
    }

    [Theory]
    [InlineData("old", new string[0])]
    [InlineData("other", new[] { "s" })]
    [InlineData("other", new[] { "old" })]
    public void AddPlugin_NameOrAliasIsTaken_IsAnArgumentException(string name, string[] aliases)
    {
        var clash = new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, Aliases = aliases, PluginType = typeof(string), Create = _ => _social };

        Assert.Throws<ArgumentException>(() => _engine.Options.AddPlugin(clash));
        Assert.Equal(["s"], _engine.Options.Catalog.Keys);
    }

    [Fact]
    public void Upstreams_ByAlias_ConfiguresTheHandler()
    {
        var configured = 0;
        _engine.Options.Plugins["s"] = new PluginSettings();
        _engine.Options.Upstreams["old"] = _ => configured++;

        Assert.NotNull(_engine.Manager);
        Assert.Equal(1, configured);
    }

    public ValueTask InitializeAsync()
    {
        _engine.Options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = "s" }, Aliases = ["old"], PluginType = typeof(FakePlugin), Create = _ => _social });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class RegisterInstanceTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task Register_InstanceOfAKnownType_TakesItsNameAndItsOptions()
    {
        _engine.Options.AddPlugin(ConfiguredPlugin.Descriptor);

        await _engine.Manager.RegisterPluginAsync(new ConfiguredPlugin(), new Dictionary<string, string?> { ["City"] = "Porto" }, settings: new PluginSettings { Priority = 9 });

        Assert.Equal("Porto", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
        Assert.Equal(9, _engine.Manager.GetPlugin("configured")!.Priority);
    }

    [Fact]
    public async Task Register_ConfigurationWithMistakes_ListsAllAndLeavesTheInstanceToTheCaller()
    {
        _engine.Options.AddPlugin(ConfiguredPlugin.Descriptor);
        var plugin = new ConfiguredPlugin();

        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(
            () => _engine.Manager.RegisterPluginAsync(plugin, new Dictionary<string, string?> { ["city"] = "porto", ["colour"] = "planted" }).AsTask());

        Assert.Equal(["plugins:configured:config:city", "plugins:configured:config:colour"], exception.Errors.Select(static error => error.Path).Order());
        Assert.DoesNotContain("planted", exception.Message, StringComparison.Ordinal);
        Assert.False(plugin.Disposed);
        Assert.False(_engine.Manager.GetPluginStatus("configured")!.Enabled);
    }

    [Fact]
    public async Task Register_InstanceOfAnUnknownTypeUnderAName_RunsUntilItIsUnregisteredAndIsForgottenThen()
    {
        var plugin = new FakePlugin();

        await _engine.Manager.RegisterPluginAsync(plugin, name: "mine");
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["mine"].State);
        Assert.True(await _engine.Manager.UnregisterPluginAsync("mine"));

        Assert.True(plugin.Disposed); // the engine's since it was registered
        Assert.Null(_engine.Manager.GetPlugin("mine"));
        Assert.Empty(_engine.Manager.ListPlugins());
    }

    [Fact]
    public async Task Register_AnotherInstanceUnderTheName_ReplacesAndDisposesTheFirst()
    {
        var (first, second) = (new FakePlugin(), new FakePlugin());

        await _engine.Manager.RegisterPluginAsync(first, name: "mine");
        await _engine.Manager.RegisterPluginAsync(second, name: "mine");
        await _engine.Manager.EnrichAsync("u1");

        Assert.Equal((true, 0, false, 1), (first.Disposed, first.Calls, second.Disposed, second.Calls));
        Assert.Single(_engine.Manager.ListPlugins());
    }

    [Fact]
    public async Task Register_InstanceCannotConnect_StaysTheCallersAndTheOldOneGoesOn()
    {
        var old = new FakePlugin();
        var broken = new FakePlugin { Connect = static _ => throw Results.Failure(PluginErrorCode.AuthError) };
        await _engine.Manager.RegisterPluginAsync(old, name: "mine");

        var exception = await Assert.ThrowsAsync<PluginException>(() => _engine.Manager.RegisterPluginAsync(broken, name: "mine").AsTask());

        Assert.Equal(PluginErrorCode.AuthError, exception.Code);
        Assert.Equal((false, false), (old.Disposed, broken.Disposed));
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["mine"].State);
    }

    [Fact]
    public async Task Register_TypeWithoutANameOrTheNameOfAnother_IsAnArgumentException()
    {
        _engine.Options.AddPlugin(ConfiguredPlugin.Descriptor);

        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.RegisterPluginAsync(new FakePlugin()).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.RegisterPluginAsync(new FakePlugin(), name: "configured").AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.RegisterPluginAsync(new FakePlugin(), name: "No Name").AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => _engine.Manager.RegisterPluginAsync((IEnrichmentPlugin)null!).AsTask());
    }

    [Fact]
    public async Task Register_OptionsForAnInstanceThatTakesNone_AreRefused()
    {
        _engine.Add("crm");

        var unused = new Dictionary<string, string?> { ["city"] = "Porto" };

        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => _engine.Manager.RegisterPluginAsync(new FakePlugin(), unused, name: "crm").AsTask());
        Assert.Equal("plugins:crm:config:city", Assert.Single(exception.Errors).Path);
    }

    [Fact]
    public async Task Enable_AnInstanceThatRanOnce_IsRefused()
    {
        await _engine.Manager.RegisterPluginAsync(new FakePlugin(), name: "mine");
        await _engine.Manager.DisableAsync("mine");

        var exception = await Assert.ThrowsAsync<PluginException>(() => _engine.Manager.EnableAsync("mine").AsTask());

        Assert.Equal(PluginErrorCode.InvalidConfig, exception.Code);
    }

    [Fact]
    public async Task Register_ByNameWithADictionary_BindsItAndKeepsTheOldOnesOnMistakes()
    {
        _engine.Options.AddPlugin(ConfiguredPlugin.Descriptor);
        await _engine.Manager.RegisterPluginAsync("configured", new Dictionary<string, string?> { ["city"] = "Porto" });

        await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => _engine.Manager.RegisterPluginAsync("configured", new Dictionary<string, string?>()).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.RegisterPluginAsync("nobody", new Dictionary<string, string?>()).AsTask());

        Assert.Equal("Porto", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

using FastEnrich.Registry;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Registry;

public sealed class EngineRegistryTests : IAsyncDisposable
{
    private readonly EngineFixture _fixture = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("fastenrich-engine-registry-").FullName;

    [Fact]
    public async Task Get_PluginsOfAnEngine_FollowTheirLife()
    {
        _fixture.Add("crm");
        _fixture.Add("off", settings: static settings => settings.Enabled = false);
        _fixture.Options.AddPlugin(RegistryFixture.Descriptor("unconfigured"));
        var registry = _fixture.Manager.Registry;

        Assert.Equal(["enabled", "disabled", "installed"], ((string[])["crm", "off", "unconfigured"]).Select(name => RegistryWords.Of(registry.Get(name)!.State)));

        await _fixture.Manager.UnregisterPluginAsync("crm");
        Assert.Equal(RegistryState.Disabled, registry.Get("crm")!.State);
        await _fixture.Manager.RegisterPluginAsync("unconfigured", new PluginSettings());
        Assert.Equal(RegistryState.Enabled, registry.Get("unconfigured")!.State);
        _fixture.Manager.RegisterFactory("late", static _ => new FakePlugin());
        Assert.Equal(RegistryState.Installed, registry.Get("late")!.State);
        Assert.Null(registry.Get("nobody"));
    }

    [Theory]
    [InlineData(RegistryChange.BeginUpdate)]
    [InlineData(RegistryChange.EndUpdate)]
    [InlineData(RegistryChange.Uninstall)]
    public void TryChange_PartOfTheProgram_IsNeitherUpdatedNorUninstalled(RegistryChange change)
    {
        _fixture.Add("crm");
        var registry = _fixture.Manager.Registry;

        Assert.False(registry.TryChange("crm", change));
        Assert.Equal(RegistryState.Enabled, registry.Get("crm")!.State);
    }

    [Fact]
    public async Task Get_Usage_CountsFetchesNotReadsFromMemoryAndSurvivesReloads()
    {
        _fixture.Add("crm");
        var manager = _fixture.Manager;
        await manager.EnrichAsync("a");
        await manager.EnrichAsync("a");
        await manager.EnrichAsync("a");
        await manager.EnrichAsync("b");
        Assert.Equal((2L, _fixture.Time.GetUtcNow()), (manager.Registry.Get("crm")!.TotalUsage, manager.Registry.Get("crm")!.LastUsed));

        await manager.RegisterPluginAsync("crm", new PluginSettings());
        await manager.EnrichAsync("c");

        Assert.Equal(3, manager.Registry.Get("crm")!.TotalUsage);
    }

    [Fact]
    public async Task Start_PluginDir_IsReadAndUsageKeptAtTheEnd()
    {
        _fixture.Options.Engine.PluginDir = _folder;
        Directory.CreateDirectory(Path.Combine(_folder, "loyalty"));
        File.WriteAllText(Path.Combine(_folder, "loyalty", "plugin.json"), RegistryFixture.Json("loyalty"));
        _fixture.Add("crm");
        var manager = _fixture.Manager;
        await Eventually.True(() => manager.Registry.Get("loyalty") is { State: RegistryState.Installed });
        await manager.EnrichAsync("a");

        await _fixture.DisposeAsync();

        Assert.Equal(1, StoreFormat.TryRead(File.ReadAllBytes(Path.Combine(_folder, PluginRegistry.FileName)))!["crm"].Usage);
    }

    [Fact]
    public async Task Get_WhilePluginsComeAndGo_NeverThrows()
    {
        _fixture.Add("crm");
        var manager = _fixture.Manager;
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.True(manager.Registry.Get("crm")!.State is RegistryState.Enabled or RegistryState.Disabled);
                manager.Registry.AddReview("crm", 4);
                Assert.Equal(1, manager.Registry.Search().Total);
                Assert.Equal(1, manager.Registry.GetPluginStats().TotalPlugins);
            }
        })).ToArray();

        for (var i = 0; i < 200; i++)
        {
            await manager.UnregisterPluginAsync("crm");
            await manager.RegisterPluginAsync("crm", new PluginSettings());
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

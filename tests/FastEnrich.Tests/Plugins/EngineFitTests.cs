using FastEnrich.Registry;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

/// <summary>A plugin that was made for other engines is not started, whichever way it comes.</summary>
public sealed class EngineFitTests : IAsyncDisposable
{
    private static readonly string s_engine = SemanticVersion.Parse(EngineVersion.Value).ToString();

    private readonly List<PluginManager> _managers = [];

    [Theory]
    [InlineData("99.0.0", null, "from 99.0.0 on")]
    [InlineData(null, "0.0.1", "up to 0.0.1")]
    [InlineData("98.0.0", "99.0.0", "from 98.0.0 to 99.0.0")]
    [InlineData("soon", null, "from soon on")]
    public void Create_EngineOutOfRange_NamesPluginRangeAndEngine(string? min, string? max, string range)
    {
        var refused = Assert.Throws<PluginException>(() => PluginManager.Create(Options(min, max, isOn: true)));

        Assert.Equal((PluginErrorCode.InvalidConfig, "crm", $"The plugin 'crm' runs in engines {range}; this one is {s_engine}."), (refused.Code, refused.Plugin, refused.Message));
    }

    [Fact]
    public async Task Create_EngineInRange_Runs()
    {
        var manager = Manager(Options(s_engine, s_engine, isOn: true));

        Assert.Contains("crm", (await manager.EnrichAsync("u1")).Enrichments.Keys);
    }

    [Fact]
    public async Task RegisterAndEnable_EngineOutOfRange_AreRefusedAndItStaysOff()
    {
        var manager = Manager(Options("99.0.0", null, isOn: false));

        var registered = await Assert.ThrowsAsync<PluginException>(() => manager.RegisterPluginAsync("crm", new PluginSettings()).AsTask());
        var enabled = await Assert.ThrowsAsync<PluginException>(() => manager.EnableAsync("crm").AsTask());
        await using var given = new FakePlugin();
        var instance = await Assert.ThrowsAsync<PluginException>(() => manager.RegisterPluginAsync(given).AsTask());

        Assert.All([registered, enabled, instance], static refused => Assert.Equal(PluginErrorCode.InvalidConfig, refused.Code));
        Assert.False(given.Disposed);
        Assert.False(manager.GetPluginStatus("crm")!.Enabled);
    }

    [Fact]
    public async Task Reload_EngineOutOfRange_IsRefusedAndItStaysOff()
    {
        var manager = Manager(Options("99.0.0", null, isOn: false));

        var refused = await Assert.ThrowsAsync<PluginException>(() => manager.ReloadAsync(Options("99.0.0", null, isOn: true)).AsTask());

        Assert.Contains(s_engine, refused.Message);
        Assert.False(manager.GetPluginStatus("crm")!.Enabled);
    }

    [Fact]
    public void Manifest_OfACompiledInPlugin_CarriesTheRange()
    {
        var entry = Manager(Options("98.0.0", "99.0.0", isOn: false)).Registry.Get("crm")!;

        Assert.Equal(("98.0.0", "99.0.0", RegistryState.Error), (entry.Manifest!.MinEngineVersion.ToString(), entry.Manifest.MaxEngineVersion.ToString(), entry.State));
        Assert.Equal(["min_engine_version"], entry.Errors.Select(static error => error.Path));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var manager in _managers)
        {
            await manager.DisposeAsync();
        }
    }

    private static FastEnrichOptions Options(string? min, string? max, bool isOn)
    {
        var options = new FastEnrichOptions();
        options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "crm", MinEngineVersion = min, MaxEngineVersion = max },
            PluginType = typeof(FakePlugin),
            Create = static _ => new FakePlugin(),
        });
        options.Plugins["crm"] = new PluginSettings { Enabled = isOn };
        return options;
    }

    private PluginManager Manager(FastEnrichOptions options)
    {
        var manager = PluginManager.Create(options);
        _managers.Add(manager);
        manager.StartAsync().AsTask().GetAwaiter().GetResult();
        return manager;
    }
}

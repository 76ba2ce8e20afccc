using FastEnrich.Processes;
using FastEnrich.Registry;
using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Processes;

/// <summary>Plugins that the configuration alone knows: they come, change and go with it while the engine runs.</summary>
public sealed class ProcessReloadTests : IAsyncLifetime
{
    private const string Start =
        "plugins: { crm: { process: { command: [/opt/crm, Athens], env: [TOKEN], version: 1.0.0, heartbeat: 10m, startup_timeout: 10m }, config: { key: \"${KEY}\" } }, other: {} }";

    private readonly ConfigFile _file = new(Start);
    private readonly LivingLauncher _launcher = new();
    private readonly Dictionary<string, string> _environment = new() { ["TOKEN"] = "t1", ["KEY"] = "k1" };
    private PluginManager? _manager;

    private PluginManager Manager => _manager!;

    private RegistryState? State => Manager.Registry.Get("crm")?.State;

    [Fact]
    public async Task Reload_NothingNew_KeepsTheChild()
    {
        var report = await Manager.ReloadAsync();

        Assert.True(report.IsEmpty);
        Assert.Single(_launcher.Launched);
    }

    [Theory]
    [InlineData("Athens", "Aveiro")]
    [InlineData("version: 1.0.0", "version: 1.0.0, batch_size: 1, max_in_flight: 7")]
    [InlineData("version: 1.0.0", "version: 2.0.0")]
    [InlineData("version: 1.0.0", "version: 1.0.0, provides: [crm_id]")]
    [InlineData("env: [TOKEN]", "env: []")]
    [InlineData("{ key:", "{ Key:")]
    [InlineData("config: { key", "config: { more: 1, key")]
    public async Task Reload_ProcessChanged_GetsANewChildAndEndsTheOldOne(string before, string after)
    {
        Write(Start.Replace(before, after));

        var report = await Manager.ReloadAsync();

        Assert.Equal(["crm"], report.Replaced);
        Assert.Equal(2, _launcher.Launched.Length);
        Assert.Equal((true, false), (_launcher.Launched[0].Child.Exited.IsCompleted, _launcher.Launched[1].Child.Exited.IsCompleted));
    }

    [Theory]
    [InlineData("TOKEN")]
    [InlineData("KEY")]
    public async Task Reload_OnlyAVariableChanged_GetsANewChild(string variable)
    {
        _environment[variable] = "changed";

        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Replaced);
        Assert.Equal(2, _launcher.Launched.Length);
    }

    [Fact]
    public async Task Reload_OnlyTimesChanged_KeepsTheChild()
    {
        Write(Start.Replace("{ crm: {", "{ crm: { cache_ttl: 1s,"));

        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Adjusted);
        Assert.Single(_launcher.Launched);
    }

    [Fact]
    public async Task Reload_ProcessChanged_IsDescribedAnew()
    {
        Write(Start.Replace("version: 1.0.0", "version: 2.0.0, needs: [\"email?\"], provides: [crm_id], capabilities: []"));

        await Manager.ReloadAsync();

        var descriptor = Manager.GetPlugin("crm")!.Descriptor;
        Assert.Equal(("2.0.0", "email", "crm_id"), (descriptor.Metadata.Version, descriptor.Needs.Single().Name, descriptor.Provides.Single()));
        Assert.Equal("2.0.0", Manager.Registry.Get("crm")!.Manifest!.Metadata.Version);
    }

    [Fact]
    public async Task Reload_SectionGoesAndComesBack_UnregistersAndRegistersTheProcess()
    {
        Write("plugins: { other: {} }");
        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Stopped);
        Assert.Null(Manager.GetPlugin("crm"));
        Assert.Equal(RegistryState.Uninstalled, State);
        Assert.True(_launcher.Launched[0].Child.Exited.IsCompleted);
        await Assert.ThrowsAsync<ArgumentException>(() => Manager.EnableAsync("crm").AsTask());

        Write(Start);
        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Started);
        await Eventually.True(() => Manager.GetPluginStatus("crm")!.Connected);
        Assert.Equal(RegistryState.Enabled, State);
        Assert.Equal("Athens", await CityAsync());
    }

    [Fact]
    public async Task Reload_NewName_StartsTheProcess()
    {
        Write(Start.Replace("other: {}", "other: {}, geo: { process: { command: [/opt/geo, Graz] } }"));

        Assert.Equal(["geo"], (await Manager.ReloadAsync()).Started);
        await Eventually.True(() => Manager.GetPluginStatus("geo") is { Connected: true });
        Assert.Equal("Graz", (await Manager.EnrichAsync("u1")).Enrichments["geo"].Demographics!.City);
    }

    [Fact]
    public async Task Reload_NewChildDoesNotStart_OldOneGoesOnAsItWas()
    {
        _launcher.Failure = new PluginException("crm", "start", "not yet", PluginErrorCode.InvalidConfig);
        Write(Start.Replace("Athens", "Aveiro").Replace("1.0.0", "2.0.0"));

        var report = await Manager.ReloadAsync();

        Assert.Equal([KeyValuePair.Create("crm", PluginErrorCode.InvalidConfig)], report.Failed);
        Assert.Equal(("Athens", "1.0.0", RegistryState.Enabled), (await CityAsync(), Manager.GetPlugin("crm")!.Descriptor.Metadata.Version, State));
        _launcher.Failure = null;
        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Replaced);
        Assert.Equal(("Aveiro", "2.0.0"), (await CityAsync("u2"), Manager.GetPlugin("crm")!.Descriptor.Metadata.Version));
    }

    [Fact]
    public async Task Reload_WhileTheNewChildStarts_RegistryShowsItUpdatingAndTheOldOneAnswers()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _launcher.Handshake = gate.Task;
        Write(Start.Replace("Athens", "Aveiro"));

        var reload = Manager.ReloadAsync().AsTask();
        await Eventually.True(() => State == RegistryState.Updating);
        Assert.Equal("Athens", await CityAsync());
        Assert.Equal(RegistryState.Enabled, Manager.Registry.Get("other")!.State);
        gate.SetResult();
        await reload;

        Assert.Equal(("Aveiro", RegistryState.Enabled), (await CityAsync("u2"), State));
    }

    [Fact]
    public async Task Reload_Cancelled_LeavesTheStateAsItWas()
    {
        _launcher.Handshake = new TaskCompletionSource().Task;
        Write(Start.Replace("Athens", "Aveiro"));
        using var cancel = new CancellationTokenSource();
        var reload = Manager.ReloadAsync(cancel.Token).AsTask();
        await Eventually.True(() => _launcher.Launched.Length == 2);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reload);
        Assert.Equal((RegistryState.Enabled, "Athens"), (State, await CityAsync()));
    }

    [Fact]
    public async Task Reload_NameOfAPluginThatCodeRegistered_IsRefusedAndChangesNothing()
    {
        await Manager.RegisterPluginAsync(new FakePlugin(), name: "mine");
        Write(Start.Replace("other: {}", "other: {}, mine: { process: { command: [/opt/mine] } }"));

        var refused = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => Manager.ReloadAsync().AsTask());

        Assert.Equal("plugins:mine:process", Assert.Single(refused.Errors).Path);
        Assert.Single(_launcher.Launched);
        Assert.Equal(typeof(FakePlugin), Manager.GetPlugin("mine")!.Descriptor.PluginType);
    }

    [Fact]
    public async Task Enable_ProcessThatIsOffInTheFile_RunsAsItsSectionSaysNow()
    {
        Write(Start.Replace("{ crm: {", "{ crm: { enabled: false,"));
        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Stopped);
        Assert.Equal(RegistryState.Disabled, State);
        Write(Start.Replace("{ crm: {", "{ crm: { enabled: false,").Replace("Athens", "Braga").Replace("version: 1.0.0", "version: 3.0.0"));

        Assert.True(await Manager.EnableAsync("crm"));

        Assert.Equal(("Braga", RegistryState.Enabled, "3.0.0"), (await CityAsync(), State, Manager.GetPlugin("crm")!.Descriptor.Metadata.Version));
        await Manager.ReloadAsync();
        Assert.Equal(2, _launcher.Launched.Length);
        Assert.True(await Manager.DisableAsync("crm"));
        Assert.True(_launcher.Launched[1].Child.Exited.IsCompleted);
    }

    [Fact]
    public async Task Enable_ProcessWhoseSectionHasMistakes_ListsThemAndItStaysOff()
    {
        Write(Start.Replace("{ crm: {", "{ crm: { enabled: false,"));
        await Manager.ReloadAsync();
        _environment.Clear();

        var refused = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => Manager.EnableAsync("crm").AsTask());

        Assert.Equal(["plugins:crm:process:env", "plugins:crm:config:key"], refused.Errors.Select(static error => error.Path));
        Assert.Equal(RegistryState.Disabled, State);
    }

    [Fact]
    public async Task Enable_ProcessThatCodeDisabled_RunsAgain()
    {
        await Manager.DisableAsync("crm");

        Assert.True(await Manager.EnableAsync("crm"));

        Assert.Equal(("Athens", 2), (await CityAsync(), _launcher.Launched.Length));
    }

    [Fact]
    public async Task Reload_SectionOfAProcessThatCodeEnabledGoes_StopsIt()
    {
        Write(Start.Replace("{ crm: {", "{ crm: { enabled: false,"));
        await Manager.ReloadAsync();
        await Manager.EnableAsync("crm");
        Write("plugins: { other: {} }");

        Assert.Equal(["crm"], (await Manager.ReloadAsync()).Stopped);
        Assert.Null(Manager.GetPlugin("crm"));
    }

    public async ValueTask InitializeAsync()
    {
        _manager = PluginManager.Create(Read);
        await _manager.LoadPluginsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _manager!.DisposeAsync();
        _file.Dispose();
    }

    private void Write(string text) => File.WriteAllText(_file.Path, text);

    private async Task<string?> CityAsync(string user = "u1") => (await Manager.EnrichAsync(user)).Enrichments["crm"].Demographics!.City;

    private FastEnrichOptions Read()
    {
        var options = new FastEnrichOptions { Services = _launcher, Engine = { ConnectTimeout = TimeSpan.FromMinutes(1), FetchTimeout = TimeSpan.FromMinutes(1) } };
        options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = "other" }, PluginType = typeof(FakePlugin), Create = static _ => new FakePlugin() });
        options.LoadFile(_file.Path, _environment);
        return options;
    }
}

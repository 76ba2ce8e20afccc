using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class ManagerOperationTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task LoadPlugins_OneConnectsAndOneFails_WaitsForBothAndThrowsNothing()
    {
        var connected = new TaskCompletionSource();
        _engine.Add("crm").Connect = _ => new(connected.Task);
        _engine.Add("web").Connect = static _ => throw Results.Failure(PluginErrorCode.AuthError);
        _engine.WaitsForConnect = false;

        var loading = _engine.Manager.LoadPluginsAsync().AsTask();
        Assert.False(loading.IsCompleted);
        connected.SetResult();
        var statuses = await loading;

        Assert.Equal([("crm", true), ("web", false)], statuses.Select(static status => (status.Name, status.Connected)));
        Assert.Equal(PluginErrorCode.AuthError, _engine.Manager.GetPluginStatus("web")!.LastError!.Code);
    }

    [Fact]
    public async Task LoadPlugins_TokenIsCancelled_EndsTheWaitAlone()
    {
        var connected = new TaskCompletionSource();
        _engine.Add("crm").Connect = _ => new(connected.Task);
        _engine.WaitsForConnect = false;
        using var cancelled = new CancellationTokenSource();

        var loading = _engine.Manager.LoadPluginsAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        connected.SetResult();
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task LoadPlugins_AfterShutdown_IsObjectDisposed()
    {
        _engine.Add();
        await _engine.Manager.ShutdownAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _engine.Manager.LoadPluginsAsync().AsTask());
    }

    [Fact]
    public async Task Reconnect_ManyPlugins_ShortensEachPauseByAShareOfItsOwn()
    {
        for (var i = 0; i < 16; i++)
        {
            _engine.Add($"p{i}").Connect = static _ => throw Results.Failure();
        }

        _engine.ReconnectJitter = 0.2;
        _engine.WaitsForConnect = false;
        await _engine.Manager.LoadPluginsAsync();

        await _engine.Time.Delay(16);

        Assert.All(_engine.Time.Delays, static delay => Assert.InRange(delay.TotalSeconds, 0.79, 1));
        Assert.NotEqual(1, _engine.Time.Delays.Distinct().Count());
    }

    [Fact]
    public async Task EnrichUserProfile_KnownIdentities_IsTheInterfacesProfile()
    {
        var crm = _engine.Add(needs: [new IdentityNeed("email", false)]);
        var request = new EnrichmentRequest("u1", new Dictionary<string, string> { ["email"] = "a@b.example" });

        var profile = await _engine.Manager.EnrichUserProfileAsync(request);

        Assert.Equal(PluginState.Fresh, profile.Status["crm"].State);
        Assert.Equal("a@b.example", crm.Requests.Single().Identities["email"]);
        Assert.Same(await _engine.Manager.EnrichAsync("u1"), await _engine.Manager.EnrichUserProfileAsync(new EnrichmentRequest("u1")));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _engine.Manager.EnrichUserProfileAsync(null!).AsTask());
    }

    [Fact]
    public void GetPlugin_KnownOrNot_TellsDescriptionAndStatus()
    {
        _engine.Add("crm", settings: static settings => settings.Priority = 7);
        _engine.Manager.RegisterFactory("web", static _ => new FakePlugin());

        Assert.Equal(("crm", 7, true), (_engine.Manager.GetPlugin("crm")!.Metadata.Name, _engine.Manager.GetPlugin("crm")!.Priority, _engine.Manager.GetPlugin("crm")!.Status.Enabled));
        Assert.Equal(("web", null, false), (_engine.Manager.GetPlugin("web")!.Name, _engine.Manager.GetPlugin("web")!.Priority, _engine.Manager.GetPlugin("web")!.Status.Enabled));
        Assert.Null(_engine.Manager.GetPlugin("nobody"));
        Assert.Null(_engine.Manager.GetPluginStatus("nobody"));
    }

    [Fact]
    public async Task Disable_RunningPlugin_StopsItAndEnableStartsItAsItRan()
    {
        var instances = new List<FakePlugin>();
        _engine.Add("crm", () =>
        {
            instances.Add(new FakePlugin());
            return instances[^1];
        }, settings: static settings => settings.Priority = 5);
        await _engine.Manager.EnrichAsync("u1");

        Assert.True(await _engine.Manager.DisableAsync("crm"));
        Assert.False(await _engine.Manager.DisableAsync("crm"));
        Assert.True(instances[0].Disposed);
        Assert.Empty((await _engine.Manager.EnrichAsync("u1")).Status);
        Assert.True(await _engine.Manager.EnableAsync("crm"));
        Assert.False(await _engine.Manager.EnableAsync("crm"));

        Assert.Equal(5, _engine.Manager.GetPlugin("crm")!.Priority);
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
        Assert.Equal(2, instances.Count);
    }

    [Fact]
    public async Task EnableOrDisable_UnknownName_IsAnArgumentException()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.EnableAsync("nobody").AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.DisableAsync("nobody").AsTask());
    }

    [Fact]
    public async Task Enable_CannotConnect_StaysOff()
    {
        var crm = _engine.Add();
        _ = _engine.Manager;
        await _engine.Manager.DisableAsync("crm");
        crm.Connect = static _ => throw Results.Failure(PluginErrorCode.AuthError);

        var exception = await Assert.ThrowsAsync<PluginException>(() => _engine.Manager.EnableAsync("crm").AsTask());

        Assert.Equal(PluginErrorCode.AuthError, exception.Code);
        Assert.False(_engine.Manager.GetPluginStatus("crm")!.Enabled);
    }

    [Fact]
    public async Task Enable_AfterShutdown_IsObjectDisposed()
    {
        _engine.Manager.RegisterFactory("web", static _ => new FakePlugin());
        await _engine.Manager.ShutdownAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _engine.Manager.EnableAsync("web").AsTask());
        Assert.False(await _engine.Manager.DisableAsync("web"));
    }

    [Fact]
    public async Task Enable_OffInTheFile_BindsItsOptionsFromTheFileAsItIsNow()
    {
        using var file = new ConfigFile("plugins: { configured: { enabled: false, priority: 3, config: { city: Old } } }\n");
        await using var manager = PluginManager.Create(() => Read(file));
        await manager.LoadPluginsAsync();
        File.WriteAllText(file.Path, "plugins: { configured: { enabled: false, priority: 4, config: { city: New } } }\n");

        Assert.True(await manager.EnableAsync("configured"));

        Assert.Equal("New", (await manager.EnrichAsync("u1")).Merged.Demographics!.City);
        Assert.Equal(4, manager.GetPlugin("configured")!.Priority);
    }

    [Fact]
    public async Task Enable_OffInTheFileWithMistakes_ListsThemWithTheirLines()
    {
        using var file = new ConfigFile("plugins:\n  configured:\n    enabled: false\n    config:\n      colour: red\n");
        var options = Read(file);
        await using var manager = PluginManager.Create(options);

        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => manager.EnableAsync("configured").AsTask());

        Assert.Equal(["plugins:configured:config:city", "plugins:configured:config:colour"], exception.Errors.Select(static error => error.Path).Order());
        Assert.Contains(exception.Errors, error => error.Location == $"{file.Path}:5:7");
    }

    [Fact]
    public async Task Enable_NoSectionAtAll_RunsWithItsDefaultsOrSaysWhatIsMissing()
    {
        using var file = new ConfigFile("plugins: {}\n");
        await using var manager = PluginManager.Create(() => Read(file));
        manager.RegisterFactory("plain", static _ => new FakePlugin());

        Assert.True(await manager.EnableAsync("plain"));
        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => manager.EnableAsync("configured").AsTask());

        Assert.Equal("plugins:configured:config:city", Assert.Single(exception.Errors).Path);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static FastEnrichOptions Read(ConfigFile file)
    {
        var options = new FastEnrichOptions();
        options.AddPlugin(ConfiguredPlugin.Descriptor);
        options.LoadFile(file.Path, new Dictionary<string, string>());
        return options;
    }
}

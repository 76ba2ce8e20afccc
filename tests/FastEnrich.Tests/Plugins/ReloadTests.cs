using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class ReloadTests : IAsyncLifetime
{
    private readonly ConfigFile _file = new(
        """
        engine: { cache_ttl: 10m }
        plugins:
          a: { config: { city: Athens } }
          b: { config: { city: Berlin } }
        """);

    private readonly Dictionary<string, List<FakePlugin>> _made = [];
    private readonly Dictionary<string, Func<string, FakePlugin>> _makers = [];
    private PluginManager? _manager;

    private PluginManager Manager => _manager!;

    [Fact]
    public async Task Reload_NothingNew_TouchesNothing()
    {
        var before = await Manager.EnrichAsync("u1");

        var report = await Manager.ReloadAsync();

        Assert.True(report.IsEmpty);
        Assert.Equal(before.Status["a"].FetchedAt, (await Manager.EnrichAsync("u1")).Status["a"].FetchedAt);
        Assert.Equal(1, _made["a"][0].Calls);
    }

    [Fact]
    public async Task Reload_OnePluginsConfigChanged_ReplacesThatOneAlone()
    {
        await Manager.EnrichAsync("u1");
        Write("plugins:\n  a: { config: { city: Aveiro } }\n  b: { config: { city: Berlin } }\nengine: { cache_ttl: 10m }\n");

        var report = await Manager.ReloadAsync();

        Assert.Equal(["a"], report.Replaced);
        Assert.Equal((2, 1), (_made["a"].Count, _made["b"].Count));
        Assert.Equal((true, false), (_made["a"][0].Disposed, _made["b"][0].Disposed));
        await Manager.EnrichAsync("u1");
        Assert.Equal((1, 1), (_made["a"][1].Calls, _made["b"][0].Calls));
    }

    [Fact]
    public async Task Reload_OnlyASecretChanged_ReplacesThePlugin()
    {
        Write("plugins: { a: { config: { city: Athens, token: one } }, b: { config: { city: Berlin } } }\nengine: { cache_ttl: 10m }\n");
        await Manager.ReloadAsync();
        Write("plugins: { a: { config: { city: Athens, token: two } }, b: { config: { city: Berlin } } }\nengine: { cache_ttl: 10m }\n");

        Assert.Equal(["a"], (await Manager.ReloadAsync()).Replaced);
    }

    [Fact]
    public async Task Reload_SectionsComeAndGo_StartsAndStopsPlugins()
    {
        Write("plugins:\n  a: { config: { city: Athens } }\n  c: { config: { city: Cork } }\nengine: { cache_ttl: 10m }\n");

        var report = await Manager.ReloadAsync();

        Assert.Equal(("c", "b", 0), (Assert.Single(report.Started), Assert.Single(report.Stopped), report.Replaced.Count));
        Assert.True(_made["b"][0].Disposed);
        await Eventually.True(() => Manager.GetPluginStatus("c")!.Connected);
        Assert.Equal(["a", "c"], (await Manager.EnrichAsync("u1")).Status.Keys.Order());
    }

    [Fact]
    public async Task Reload_TimesChanged_AdjustsInPlaceAndKeepsWhatIsHeld()
    {
        await Manager.EnrichAsync("u1");
        Write("engine: { cache_ttl: 20m, timeout: 3s }\nplugins:\n  a: { config: { city: Athens } }\n  b: { cache_ttl: 10m, config: { city: Berlin } }\n");

        var report = await Manager.ReloadAsync();

        Assert.Equal("a", Assert.Single(report.Adjusted));
        Assert.Equal(["engine:timeout", "engine:cache_ttl"], report.EngineChanged);
        Assert.Equal(PluginState.Fresh, (await Manager.EnrichAsync("u1")).Status["a"].State);
        Assert.Equal((1, 1), (_made["a"].Count, _made["a"][0].Calls));
        var fresh = (await Manager.EnrichAsync("u2")).Status["a"];
        Assert.InRange(fresh.FreshUntil!.Value - fresh.FetchedAt!.Value, TimeSpan.FromMinutes(17), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Reload_WhatIsMadeAtTheStart_IsNamedAsNeedingARestart()
    {
        Write("engine: { cache_ttl: 10m, bulk_window: 8, l1: { max_bytes: 1MiB }, redis: { connection: planted } }\nplugins: { a: { config: { city: Athens } }, b: { config: { city: Berlin } } }\n");

        var report = await Manager.ReloadAsync();

        Assert.Equal(["engine:bulk_window", "engine:l1:max_bytes", "engine:redis:connection"], report.NeedRestart);
    }

    [Fact]
    public async Task Reload_AFileWithMistakes_ListsAllAndLeavesEverythingAsItWas()
    {
        var before = await Manager.EnrichAsync("u1");
        before = await Manager.EnrichAsync("u1");
        Write("plugins:\n  a: { config: { city: lower } }\n  c:\n    priority: high\n    config: { city: Cork }\nengine: { timeout: soon }\n");

        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => Manager.ReloadAsync().AsTask());

        Assert.Equal(["plugins:a:config:city", "plugins:c:priority", "engine:timeout"], exception.Errors.Select(static error => error.Path));
        Assert.All(exception.Errors, static error => Assert.Matches(@"\.yaml:\d+:\d+$", error.Location!));
        Assert.Same(before, await Manager.EnrichAsync("u1"));
        Assert.False(Manager.GetPluginStatus("c")!.Enabled);
    }

    [Fact]
    public async Task Reload_OneInstanceCannotBeMade_ChangesNothingAndDisposesTheOthers()
    {
        _makers["b"] = static city => city == "Bonn" ? throw new InvalidOperationException("planted") : new FakePlugin();
        Write("plugins: { a: { config: { city: Aveiro } }, b: { config: { city: Bonn } } }\n");

        var exception = await Assert.ThrowsAsync<PluginException>(() => Manager.ReloadAsync().AsTask());

        Assert.DoesNotContain("planted", exception.Message, StringComparison.Ordinal);
        Assert.Equal((false, true), (_made["a"][0].Disposed, _made["a"][1].Disposed));
        Assert.Equal("b", exception.Plugin);
        Assert.Equal(TimeSpan.FromMinutes(10), Manager.Engine.Plugins.Find("a")!.Policy.CacheTtl is var ticks ? TimeSpan.FromTicks(ticks) : default);
    }

    [Fact]
    public async Task Reload_NewInstanceCannotConnect_OldOneGoesOnAndTheNextReloadTriesAgain()
    {
        var broken = true;
        _makers["a"] = _ => new FakePlugin { Connect = _ => broken ? throw Results.Failure(PluginErrorCode.AuthError) : ValueTask.CompletedTask };
        Write("plugins: { a: { config: { city: Aveiro } }, b: { priority: 2, config: { city: Berlin } } }\nengine: { cache_ttl: 10m }\n");

        var report = await Manager.ReloadAsync();
        Assert.Equal(PluginErrorCode.AuthError, Assert.Single(report.Failed).Value);
        Assert.Equal(["b"], report.Replaced);
        Assert.Equal((false, true), (_made["a"][0].Disposed, _made["a"][1].Disposed));
        Assert.Equal(PluginState.Fresh, (await Manager.EnrichAsync("u1")).Status["a"].State);
        broken = false;

        Assert.Equal(["a"], (await Manager.ReloadAsync()).Replaced);
    }

    [Fact]
    public async Task Reload_NewPluginCannotConnect_IsUnhealthyAndTriedAgain()
    {
        _makers["c"] = static _ => new FakePlugin { Connect = static _ => throw Results.Failure(PluginErrorCode.AuthError) };
        Write("plugins: { a: { config: { city: Athens } }, b: { config: { city: Berlin } }, c: { config: { city: Cork } } }\nengine: { cache_ttl: 10m }\n");

        Assert.Equal(["c"], (await Manager.ReloadAsync()).Started);

        await Eventually.True(() => Manager.GetPluginStatus("c") is { Enabled: true, Connected: false, Healthy: false, LastError.Code: PluginErrorCode.AuthError });
    }

    [Fact]
    public async Task Reload_WhatCodeHasChosen_StaysUntilTheConfigurationChangesItsMind()
    {
        Manager.RegisterFactory("code", static _ => new FakePlugin());
        await Manager.RegisterPluginAsync("code", new PluginSettings());
        await Manager.DisableAsync("a");
        await Manager.RegisterPluginAsync("c", new Dictionary<string, string?> { ["city"] = "Cork" });

        Write("plugins: { a: { priority: 3, config: { city: Athens } }, b: { config: { city: Berlin } } }\nengine: { cache_ttl: 10m }\n");
        await Manager.ReloadAsync();
        Assert.Equal(["b", "c", "code"], (await Manager.EnrichAsync("u1")).Status.Keys.Order());
        Write("plugins: { a: { enabled: false }, b: { config: { city: Berlin } } }\nengine: { cache_ttl: 10m }\n");
        await Manager.ReloadAsync();
        Write("plugins: { a: { config: { city: Athens } }, b: { config: { city: Berlin } } }\nengine: { cache_ttl: 10m }\n");
        var report = await Manager.ReloadAsync();

        Assert.Equal(["a"], report.Started);
    }

    [Fact]
    public async Task Reload_MadeFromOptionsAlone_NeedsTheNewOnes()
    {
        await using var manager = PluginManager.Create(Read());

        await Assert.ThrowsAsync<InvalidOperationException>(() => manager.ReloadAsync().AsTask());
        Write("plugins: { b: { config: { city: Berlin } } }\n");
        Assert.Equal(["a"], (await manager.ReloadAsync(Read())).Stopped);
        await manager.ShutdownAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => manager.ReloadAsync(Read()).AsTask());
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

    private FastEnrichOptions Read()
    {
        var options = new FastEnrichOptions();
        foreach (var name in (string[])["a", "b", "c"])
        {
            options.AddPlugin(ConfiguredPlugin.Describe(name, city => Make(name, city)));
        }

        options.LoadFile(_file.Path, new Dictionary<string, string>());
        return options;
    }

    private FakePlugin Make(string name, string city)
    {
        var plugin = _makers.GetValueOrDefault(name)?.Invoke(city) ?? new FakePlugin();
        lock (_made)
        {
            (_made.TryGetValue(name, out var list) ? list : _made[name] = []).Add(plugin);
        }

        return plugin;
    }
}

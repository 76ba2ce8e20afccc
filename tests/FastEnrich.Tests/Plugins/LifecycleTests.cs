using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Register_AFactoryAtRunTime_AppearsInProfiles()
    {
        _engine.Add();
        await _engine.Manager.EnrichAsync("u1");
        var web = new FakePlugin();
        _engine.Manager.RegisterFactory("web", _ => web);
        Assert.False(_engine.Manager.GetPluginStatus("web")!.Enabled);

        await _engine.Manager.RegisterPluginAsync("web", new PluginSettings());
        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal(["crm", "web"], profile.Status.Keys.Order());
        Assert.Equal(1, web.Calls);
        Assert.Equal(["crm", "web"], _engine.Manager.ListPlugins().Select(static status => status.Name));
        Assert.True(_engine.Manager.GetPluginStatus("web") is { Enabled: true, Connected: true, Healthy: true });
    }

    [Theory]
    [InlineData("")]
    [InlineData("Web")]
    [InlineData("-web")]
    [InlineData("web site")]
    public void RegisterFactory_NameIsNotKebabCase_IsAnArgumentException(string name)
    {
        Assert.Throws<ArgumentException>(() => _engine.Manager.RegisterFactory(name, static _ => new FakePlugin()));
    }

    [Fact]
    public async Task Register_UnknownName_IsAnArgumentException() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.RegisterPluginAsync("nobody", new PluginSettings()).AsTask());

    [Fact]
    public async Task Register_SettingsOutOfRange_ListsAllMistakesAndChangesNothing()
    {
        _engine.Add();
        var settings = new PluginSettings { MaxConcurrency = 0, QueueCapacity = 0, RateLimit = -1 };

        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => _engine.Manager.RegisterPluginAsync("crm", settings).AsTask());

        Assert.Equal(3, exception.Errors.Count);
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task Reload_NewInstance_MissesOldValuesAndDisposesTheOldOne()
    {
        var instances = new List<FakePlugin>();
        _engine.Add("crm", () =>
        {
            var version = $"version {instances.Count}";
            instances.Add(new FakePlugin { Answer = (_, _) => new(Results.Found(version)) });
            return instances[^1];
        });
        Assert.Equal("version 0", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);

        await _engine.Manager.RegisterPluginAsync("crm", new PluginSettings());

        Assert.True(instances[0].Disposed);
        Assert.Equal("version 1", (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reload_NewInstanceCannotBeMadeOrConnected_OldOneGoesOn(bool made)
    {
        var old = new FakePlugin();
        var broken = new FakePlugin { Connect = static _ => throw new InvalidOperationException("secret") };
        var count = 0;
        _engine.Add("crm", () => ++count == 1 ? old : made ? broken : throw new InvalidOperationException("secret"));
        await _engine.Manager.EnrichAsync("u1");
        var before = await _engine.Manager.EnrichAsync("u1");

        var exception = await Assert.ThrowsAsync<PluginException>(() => _engine.Manager.RegisterPluginAsync("crm", new PluginSettings()).AsTask());

        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        Assert.False(old.Disposed);
        Assert.Equal(made, broken.Disposed);
        Assert.Same(before, await _engine.Manager.EnrichAsync("u1"));
    }

    [Fact]
    public async Task Reload_NewInstanceNeverConnects_FailsAtItsBudget()
    {
        var count = 0;
        _engine.Add("crm", () => ++count == 1 ? new FakePlugin() : new FakePlugin { Connect = static _ => new(new TaskCompletionSource().Task) });
        _engine.Options.Engine.ConnectTimeout = TimeSpan.FromSeconds(7);
        await _engine.Manager.EnrichAsync("u1");
        var before = _engine.Time.Delays.Length;
        var reloading = _engine.Manager.RegisterPluginAsync("crm", new PluginSettings()).AsTask();

        _engine.Time.Advance(await _engine.Time.Delay(before + 1));

        Assert.Equal(PluginErrorCode.TimeoutError, (await Assert.ThrowsAsync<PluginException>(() => reloading)).Code);
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u2")).Status["crm"].State);
    }

    [Fact]
    public async Task Unregister_CallInFlight_IsDrainedBeforeThePluginIsDisposed()
    {
        var crm = _engine.Add(settings: static settings => settings.MaxConcurrency = 1);
        crm.Answer = _gate.Pass;
        var flying = _engine.Manager.EnrichAsync("flies").AsTask();
        await _gate.Arrivals(1);
        var waiting = _engine.Manager.EnrichAsync("waits").AsTask();

        var unregistering = _engine.Manager.UnregisterPluginAsync("crm").AsTask();
        Assert.True((await waiting).Status.Values.Single().State is PluginState.Rejected);
        Assert.False(crm.Disposed);
        _gate.Release(Results.Found());

        Assert.True(await unregistering);
        Assert.True(crm.Disposed);
        Assert.Equal(PluginState.Fresh, (await flying).Status["crm"].State);
        Assert.Empty((await _engine.Manager.EnrichAsync("flies")).Status);
        Assert.False(await _engine.Manager.UnregisterPluginAsync("crm"));
    }

    [Fact]
    public async Task Register_TheSixtyFifth_IsRefused()
    {
        for (var i = 0; i < 64; i++)
        {
            _engine.Add($"p{i}");
        }

        _engine.Manager.RegisterFactory("one-more", static _ => new FakePlugin());

        await Assert.ThrowsAsync<InvalidOperationException>(() => _engine.Manager.RegisterPluginAsync("one-more", new PluginSettings()).AsTask());
        Assert.Equal(64, (await _engine.Manager.EnrichAsync("u1")).SuccessCount);
        await _engine.Manager.UnregisterPluginAsync("p7");
        await _engine.Manager.RegisterPluginAsync("one-more", new PluginSettings());
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["one-more"].State);
    }

    [Fact]
    public void Create_OnePluginCannotBeMade_DisposesTheOthers()
    {
        var crm = _engine.Add("a");
        _engine.Add("b", static () => throw new InvalidOperationException("secret"));

        var exception = Assert.Throws<PluginException>(() => PluginManager.Create(_engine.Options));

        Assert.Equal(("b", PluginErrorCode.InvalidConfig), (exception.Plugin, exception.Code));
        Assert.True(crm.Disposed);
    }

    [Fact]
    public async Task EnrichWith_OnePlugin_AsksItAlone()
    {
        _engine.Add("crm");
        var web = _engine.Add("web");

        var profile = await _engine.Manager.EnrichWithPluginAsync("crm", "u1");

        Assert.Equal(["crm"], profile.Status.Keys);
        Assert.Equal(0, web.Calls);
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.EnrichWithPluginAsync("nobody", "u1").AsTask());
    }

    [Fact]
    public async Task Dispose_CallsInFlight_DrainsThemAndRefusesNewOnes()
    {
        var crm = _engine.Add();
        crm.Answer = _gate.Pass;
        var flying = _engine.Manager.EnrichAsync("u1").AsTask();
        await _gate.Arrivals(1);

        var first = _engine.Manager.DisposeAsync().AsTask();
        var second = _engine.Manager.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _engine.Manager.EnrichAsync("u2").AsTask());
        Assert.False(second.IsCompleted);
        _gate.Release(Results.Found());
        await Task.WhenAll(first, second);

        Assert.Equal(PluginState.Fresh, (await flying).Status["crm"].State);
        Assert.True(crm.Disposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _engine.Manager.RegisterPluginAsync("crm", new PluginSettings()).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Dispose_CallHangsBeyondTheDrain_AnswersItsCallerAndEnds()
    {
        CancellationToken seen = default;
        var crm = _engine.Add(settings: static settings => settings.FetchTimeout = TimeSpan.FromMinutes(10));
        crm.Answer = (request, token) =>
        {
            seen = token;
            return _gate.Pass(request, token);
        };
        var asking = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromHours(1) }).AsTask();
        await _gate.Arrivals(1);
        var before = _engine.Time.Delays.Length;

        var disposing = _engine.Manager.DisposeAsync().AsTask();
        _engine.Time.Advance(await _engine.Time.Delay(before + 1));
        await disposing;

        Assert.Equal(PluginState.Rejected, (await asking).Status["crm"].State);
        Assert.True(seen.IsCancellationRequested);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
